using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>while condition</c>.</summary>
internal sealed class WhileStatement(SourceSpan span, Expression condition, Block body) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var loop = new LoopState(list: null);
        var mark = context.EnterLoop("while", loop);
        var flow = Flow.Next;
        while (flow is Flow.Next or Flow.Continue && Values.IsTrue(condition.Evaluate(context)))
        {
            context.At = Span;
            context.Step(1);
            flow = body.Execute(context);
            loop.MoveNext();
        }
        context.LeaveLoop(mark);
        return flow == Flow.Return ? flow : Flow.Next;
    }
}
