namespace HandshakeToMermaid.Templating.Parsing;

/// <summary>A piece of a template's text.</summary>
internal readonly record struct SourceSpan(Source Source, int Start, int End)
{
    public string Text => Source.Text[Start..End];

    /// <summary>From the start of this piece to the end of <paramref name="last"/>.</summary>
    public SourceSpan To(SourceSpan last) => this with { End = last.End };

    /// <summary>The failure that points here.</summary>
    public TemplateException Error(string text)
    {
        var (line, column) = Source.Locate(Start);
        return new TemplateException(Source.Path, line, column, text);
    }
}
