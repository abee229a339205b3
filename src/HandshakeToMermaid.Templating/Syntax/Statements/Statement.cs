using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary>Something that is run.</summary>
internal abstract class Statement(SourceSpan span)
{
    public SourceSpan Span { get; } = span;

    /// <summary>Which indent the lines that it writes get.</summary>
    public IndentMarker Marker { get; init; }

    public abstract Flow Execute(RenderContext context);
}
