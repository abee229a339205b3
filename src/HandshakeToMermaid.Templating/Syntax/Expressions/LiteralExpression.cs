using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>A number, a string, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
internal sealed class LiteralExpression(SourceSpan span, object? value) : Expression(span)
{
    public object? Value { get; } = value;

    public override object? Evaluate(RenderContext context) => Value;
}
