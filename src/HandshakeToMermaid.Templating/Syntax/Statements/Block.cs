using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary>
/// Statements in order. What a code block writes is indented as the code block is; after it, the indent of whatever
/// holds this block is in force again.
/// </summary>
internal sealed class Block(SourceSpan span, Statement[] statements)
{
    public SourceSpan Span { get; } = span;

    public Flow Execute(RenderContext context)
    {
        context.At = Span;
        context.EnsureStack();
        var outer = context.Indent;
        var flow = Flow.Next;
        foreach (var statement in statements)
        {
            context.Indent = statement.Marker.IsInherited ? outer : statement.Marker.Indent;
            context.At = statement.Span;
            flow = statement.Execute(context);
            if (flow != Flow.Next) break;
        }
        context.Indent = outer;
        return flow;
    }
}
