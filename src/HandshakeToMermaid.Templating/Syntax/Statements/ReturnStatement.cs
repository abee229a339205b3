using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>ret value</c>.</summary>
internal sealed class ReturnStatement(SourceSpan span, Expression? value) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        context.ReturnValue = value?.Evaluate(context);
        return Flow.Return;
    }
}
