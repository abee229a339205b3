namespace HandshakeToMermaid.Templating;

/// <summary>A mistake in a template's text.</summary>
/// <param name="Path">The template, as named when it was parsed.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units.</param>
/// <param name="Text">What was expected, or what is not supported.</param>
internal sealed record TemplateMessage(string Path, int Line, int Column, string Text)
{
    /// <summary>The message as compilers print it: <c>path(line,column) : error : text</c>.</summary>
    public override string ToString() => $"{Path}({Line},{Column}) : error : {Text}";
}
