using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>Two values and the operator between them.</summary>
internal sealed class BinaryExpression(SourceSpan span, BinaryOperator binaryOperator, Expression left, Expression right) : Expression(span, left, right)
{
    public BinaryOperator Operator { get; } = binaryOperator;

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public override object? Evaluate(RenderContext context)
    {
        var first = Left.Evaluate(context);
        switch (Operator)
        {
            case BinaryOperator.And: return Values.Box(Values.IsTrue(first) && Values.IsTrue(Right.Evaluate(context)));
            case BinaryOperator.Or: return Values.Box(Values.IsTrue(first) || Values.IsTrue(Right.Evaluate(context)));
            default: return Operators.Apply(context, Span, Operator, first, Right.Evaluate(context));
        }
    }
}
