using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>[a, b, c]</c>.</summary>
internal sealed class ArrayExpression(SourceSpan span, Expression[] items) : Expression(span, items)
{
    public override object? Evaluate(RenderContext context)
    {
        context.At = Span;
        context.Step(items.Length);
        var array = new ScriptArray(items.Length);
        foreach (var item in items) array.Add(item.Evaluate(context));
        return array;
    }
}
