using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>A variable of the model, the page or a loop.</summary>
internal sealed class VariableExpression(SourceSpan span, string name) : PathExpression(span)
{
    public string Name { get; } = name;

    public override object? Resolve(RenderContext context)
    {
        if (context.TryGetVariable(Name, out var value)) return value;
        return Functions.Builtins.IsLeftOut(Name) ? throw Span.Error($"`{Name}` functions are not supported") : null;
    }

    public override void Assign(RenderContext context, object? value)
    {
        if (!context.SetVariable(Name, value)) throw Span.Error($"`{Name}` cannot be set: the object is read-only");
    }
}
