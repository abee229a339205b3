using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>The file of one connection in a folder, without the number that its name begins with.</summary>
/// <param name="Server">The server as a part of that name.</param>
/// <param name="Make">Its content: drawn already, or drawn when asked for.</param>
internal sealed record FolderFile(string Server, Func<RenderResult> Make);
