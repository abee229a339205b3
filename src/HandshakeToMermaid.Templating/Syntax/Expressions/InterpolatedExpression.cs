using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>$"text {expression}"</c>.</summary>
internal sealed class InterpolatedExpression(SourceSpan span, Expression[] parts) : Expression(span, parts)
{
    public override object? Evaluate(RenderContext context)
    {
        var texts = new string[parts.Length];
        for (var i = 0; i < parts.Length; i++) texts[i] = context.Text(parts[i].Evaluate(context));
        context.At = Span;
        return context.Join("", texts);
    }
}
