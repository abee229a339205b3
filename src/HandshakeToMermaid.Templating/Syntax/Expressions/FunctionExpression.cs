using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>do … end</c>: a function without a name.</summary>
internal sealed class FunctionExpression(SourceSpan span, FunctionDefinition definition) : Expression(span)
{
    private readonly TemplateFunction function = new(definition);

    public override object? Evaluate(RenderContext context) => function;
}
