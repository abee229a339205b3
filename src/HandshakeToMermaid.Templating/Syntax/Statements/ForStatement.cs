using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>for x in list</c>, with <c>offset:</c>, <c>reversed</c> and <c>limit:</c>, applied in this order.</summary>
internal sealed class ForStatement(SourceSpan span, PathExpression variable, Expression iterator, Argument[] options, Block body, Block? otherwise) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var value = iterator.Evaluate(context);
        if (value is null) return Flow.Next;
        context.At = iterator.Span;
        if (!Values.TryList(context, value, out var list)) throw iterator.Span.Error($"`for` needs a list, not {Values.KindOf(value)}");

        var window = Window(context, list);
        if (window.Count == 0) return otherwise?.Execute(context) ?? Flow.Next;

        var loop = new LoopState(window);
        var mark = context.EnterLoop("for", loop);
        var slot = context.DeclareLoopVariable(variable);
        var flow = Flow.Next;
        do
        {
            context.At = Span;
            context.Step(1);
            if (slot < 0) variable.Assign(context, loop.Current);
            else context.SetLoopVariable(variable, slot, loop.Current);
            flow = body.Execute(context);
        }
        while (flow is Flow.Next or Flow.Continue && loop.MoveNext());
        context.LeaveLoop(mark);
        return flow == Flow.Return ? flow : Flow.Next;
    }

    private ListWindow Window(RenderContext context, IReadOnlyList<object?> list)
    {
        int offset = 0, limit = 0;
        var reversed = false;
        foreach (var (name, value) in options)
        {
            if (name == "reversed") reversed = true;
            else if (name == "offset") offset = context.Integer(value?.Evaluate(context));
            else limit = context.Integer(value?.Evaluate(context));
        }
        var first = Math.Clamp(offset, 0, list.Count);
        var count = list.Count - first;
        if (limit > 0) count = Math.Min(count, limit);
        return reversed ? new ListWindow(list, list.Count - 1, -1, count) : new ListWindow(list, first, 1, count);
    }
}
