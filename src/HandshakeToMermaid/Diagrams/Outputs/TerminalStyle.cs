namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>What a terminal can show.</summary>
/// <param name="Width">Its columns.</param>
/// <param name="IsAscii">True where nothing but ASCII may be written.</param>
/// <param name="IsColoured">True where colours may be used.</param>
internal sealed record TerminalStyle(int Width = 100, bool IsAscii = false, bool IsColoured = false);
