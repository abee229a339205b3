namespace HandshakeToMermaid.Tests.Protocols;

/// <summary>A registry as a CSV beside the type that it names: comments that say where it comes from, the names of the columns, rows.</summary>
internal static class RegistryCsv
{
    /// <summary>The lines without the comments; the first one names the columns.</summary>
    public static string[] Lines(string path) => [.. File.ReadLines(path).Where(line => !line.StartsWith('#'))];
}
