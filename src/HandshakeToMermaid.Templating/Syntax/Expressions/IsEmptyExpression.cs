using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>target.empty?</c>: has it no elements, members or characters?</summary>
internal sealed class IsEmptyExpression(SourceSpan span, Expression target) : Expression(span, target)
{
    public override object? Evaluate(RenderContext context) => Values.IsEmpty(context, target.Evaluate(context));
}
