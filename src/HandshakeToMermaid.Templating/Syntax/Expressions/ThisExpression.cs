using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>this</c>: the object whose members are the variables here.</summary>
internal sealed class ThisExpression(SourceSpan span) : PathExpression(span)
{
    public override object? Resolve(RenderContext context) => context.This;

    public override void Assign(RenderContext context, object? value) => throw Span.Error("`this` cannot be set");
}
