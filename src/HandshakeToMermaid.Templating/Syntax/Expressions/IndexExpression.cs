using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>target[index]</c>: an element, counted from the end when negative, or a member by its name.</summary>
internal sealed class IndexExpression(SourceSpan span, Expression target, Expression index) : PathExpression(span, target, index)
{
    public Expression Target { get; } = target;

    public Expression Index { get; } = index;

    public override object? Resolve(RenderContext context)
    {
        var (owner, key) = Parts(context);
        if (IsMember(owner, key)) return Values.TryGetMember(owner, context.Text(key), out var value) ? value : null;
        if (!Values.TryList(context, owner, out var list)) return null;
        var position = Position(context, key, list.Count);
        return position >= 0 && position < list.Count ? list[position] : null;
    }

    public override void Assign(RenderContext context, object? value)
    {
        var (owner, key) = Parts(context);
        if (IsMember(owner, key) && owner is IMutableObject target)
        {
            target.SetMember(context.Text(key), value);
            return;
        }
        if (owner is not ScriptArray array) throw Span.Error($"`{Target.Span.Text}` is read-only");
        var position = Position(context, key, array.Count);
        if (position < 0) return;
        context.Step(Math.Max(0, position - array.Count + 1));
        array.Set(position, value);
    }

    private (object Owner, object Key) Parts(RenderContext context)
    {
        var owner = Target.Evaluate(context) ?? throw Span.Error($"`{Target.Span.Text}` is null and has no elements");
        var key = Index.Evaluate(context) ?? throw Index.Span.Error($"the index `{Index.Span.Text}` is null");
        return (owner, key);
    }

    private static bool IsMember(object owner, object key) => owner is IScriptObject && (key is string || owner is not ScriptArray);

    private int Position(RenderContext context, object key, int count)
    {
        context.At = Index.Span;
        var position = context.Integer(key);
        return position < 0 ? position + count : position;
    }
}
