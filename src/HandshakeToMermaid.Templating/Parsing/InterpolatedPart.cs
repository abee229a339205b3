namespace HandshakeToMermaid.Templating.Parsing;

/// <summary>A piece of an interpolated string: plain text, or where the expression between the braces stands.</summary>
internal readonly record struct InterpolatedPart(string? Text, int Start, int End);
