using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>wrap function arguments</c>: calls a function that runs this block where it says <c>$$</c>.</summary>
internal sealed class WrapStatement(SourceSpan span, CallExpression call, Block body) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var value = call.Invoke(context, body);
        context.At = Span;
        context.WriteValue(value);
        return Flow.Next;
    }
}
