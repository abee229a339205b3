namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>One C# file as the room checker sees it.</summary>
/// <param name="Path">Its path below the project's folder, with '/' between folders: "Protocols/Tls/TlsFacts.cs".</param>
/// <param name="Text">Its source text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The room whose folder holds the file, with dots: "Protocols.Tls"; empty for a file of the root.</summary>
    public string Room => Path.Contains('/') ? Path[..Path.LastIndexOf('/')].Replace('/', '.') : "";
}
