using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>A variable of the function or include being run, <c>$name</c>; <c>$</c> alone holds its arguments.</summary>
internal sealed class LocalExpression(SourceSpan span, string name) : PathExpression(span)
{
    public string Name { get; } = name;

    public override object? Resolve(RenderContext context) => context.Local.Find(Name);

    public override void Assign(RenderContext context, object? value) => context.Local.Set(Name, value);
}
