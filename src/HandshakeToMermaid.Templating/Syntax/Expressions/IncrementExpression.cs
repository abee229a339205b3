using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>++x</c>, <c>x++</c>, <c>--x</c>, <c>x--</c>.</summary>
internal sealed class IncrementExpression(SourceSpan span, PathExpression target, long step, bool isPostfix) : Expression(span, target)
{
    public override object? Evaluate(RenderContext context)
    {
        var before = target.Evaluate(context);
        if (!Values.TryInteger(before, out _) && !Values.TryDouble(before, out _)) throw Span.Error($"`{target.Span.Text}` is not a number but {Values.KindOf(before)}");
        var after = Operators.Apply(context, Span, BinaryOperator.Add, before, Values.Box(step));
        target.Assign(context, after);
        return isPostfix ? before : after;
    }
}
