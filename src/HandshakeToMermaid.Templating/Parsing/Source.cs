namespace HandshakeToMermaid.Templating.Parsing;

/// <summary>A template's text under the name that messages show.</summary>
internal sealed class Source(string text, string path)
{
    public string Text { get; } = text;

    public string Path { get; } = path;

    /// <summary>Line and column of an offset, both from 1. Found when a message needs them, so nodes keep offsets only.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        var before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        return (before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'));
    }
}
