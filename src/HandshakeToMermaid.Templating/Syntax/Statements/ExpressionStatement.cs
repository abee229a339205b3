using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary>An expression: its value is written.</summary>
internal sealed class ExpressionStatement(SourceSpan span, Expression expression) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var value = expression.Evaluate(context);
        context.At = Span;
        context.WriteValue(value);
        return Flow.Next;
    }
}
