using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>func name … end</c> or <c>name(x) = value</c>.</summary>
internal sealed class FunctionStatement(SourceSpan span, PathExpression name, FunctionDefinition definition) : Statement(span)
{
    private readonly TemplateFunction function = new(definition);

    public override Flow Execute(RenderContext context)
    {
        name.Assign(context, function);
        return Flow.Next;
    }
}
