using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>path = value</c>, or <c>path += value</c> and its kin.</summary>
internal sealed class AssignStatement(SourceSpan span, PathExpression target, BinaryOperator? compound, Expression value) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var result = compound is { } op
            ? Operators.Apply(context, Span, op, target.Evaluate(context), value.Evaluate(context))
            : value.Evaluate(context);
        context.At = Span;
        target.Assign(context, result);
        return Flow.Next;
    }
}
