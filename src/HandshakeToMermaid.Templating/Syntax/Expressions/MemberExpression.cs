using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>target.name</c>, or <c>target?.name</c>, which is null where the target is.</summary>
internal sealed class MemberExpression(SourceSpan span, Expression target, string name, bool optional) : PathExpression(span, target)
{
    public Expression Target { get; } = target;

    public string Name { get; } = name;

    /// <summary>Written with <c>?.</c>, or after such a member.</summary>
    public bool IsOptional { get; } = optional;

    public override object? Resolve(RenderContext context)
    {
        var owner = Target.Evaluate(context);
        if (Values.TryGetMember(owner, Name, out var value)) return value;
        return owner switch
        {
            null when !IsOptional => throw Span.Error($"`{Target.Span.Text}` is null and has no member `{Name}`"),
            BuiltinObject builtin => throw Span.Error($"`{builtin.Name}.{Name}` is not supported"),
            _ => null,
        };
    }

    public override void Assign(RenderContext context, object? value)
    {
        switch (Target.Evaluate(context))
        {
            case IMutableObject owner: owner.SetMember(Name, value); break;
            case null: throw Span.Error($"`{Target.Span.Text}` is null and has no member `{Name}`");
            default: throw Span.Error($"the member `{Name}` is read-only");
        }
    }
}
