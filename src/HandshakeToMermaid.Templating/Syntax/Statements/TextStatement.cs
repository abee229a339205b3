using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary>Text outside code.</summary>
internal sealed class TextStatement(SourceSpan span) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        context.Write(Span.Source.Text.AsSpan(Span.Start, Span.End - Span.Start));
        return Flow.Next;
    }
}
