using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>$$</c>: runs the block that <c>wrap</c> passed, here and with the variables of here. Counts as a call: the block may contain <c>$$</c>.</summary>
internal sealed class WrappedBlockStatement(SourceSpan span) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        if (context.Local.Wrapped is not { } block) return Flow.Next;

        // A block that says `$$` runs itself.
        context.EnterCall(Span);
        var flow = block.Execute(context);
        context.LeaveCall();
        return flow;
    }
}
