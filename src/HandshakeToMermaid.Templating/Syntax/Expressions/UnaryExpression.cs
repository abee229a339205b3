using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>!</c>, <c>-</c> or <c>+</c> before a value.</summary>
internal sealed class UnaryExpression(SourceSpan span, string symbol, Expression operand) : Expression(span, operand)
{
    public override object? Evaluate(RenderContext context)
    {
        var value = operand.Evaluate(context);
        if (symbol == "!") return Values.Box(!Values.IsTrue(value));
        if (Values.TryInteger(value, out var integer)) return symbol == "+" ? value : Negate(integer);
        if (Values.TryDouble(value, out var number)) return symbol == "+" ? value : -number;
        throw Span.Error($"`{symbol}` needs a number, not {Values.KindOf(value)}");
    }

    private object Negate(long value) => value == long.MinValue ? throw Span.Error("the result does not fit 64 bits") : Values.Box(-value);
}
