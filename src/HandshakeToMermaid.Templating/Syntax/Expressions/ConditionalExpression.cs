using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>condition ? then : otherwise</c>.</summary>
internal sealed class ConditionalExpression(SourceSpan span, Expression condition, Expression then, Expression otherwise)
    : Expression(span, condition, then, otherwise)
{
    public Expression Condition { get; } = condition;

    public Expression Then { get; } = then;

    public Expression Otherwise { get; } = otherwise;

    public override object? Evaluate(RenderContext context) =>
        Values.IsTrue(Condition.Evaluate(context)) ? Then.Evaluate(context) : Otherwise.Evaluate(context);
}
