using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>capture path</c>: what the block writes goes into a variable.</summary>
internal sealed class CaptureStatement(SourceSpan span, PathExpression target, Block body) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var outer = context.PushOutput();
        var flow = body.Execute(context);
        target.Assign(context, context.PopOutput(outer));
        return flow;
    }
}
