using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>@path</c>: the function itself, not what a call of it gives.</summary>
internal sealed class AliasExpression(SourceSpan span, PathExpression target) : Expression(span, target)
{
    public override object? Evaluate(RenderContext context) => target.Resolve(context);
}
