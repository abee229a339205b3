using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>
/// A variable, a member or an element. Where the value is a function, reading it calls the function without arguments;
/// <c>@</c> and a call read the function itself with <see cref="Resolve"/>.
/// </summary>
internal abstract class PathExpression(SourceSpan span, params ReadOnlySpan<Expression?> parts) : Expression(span, parts)
{
    public abstract object? Resolve(RenderContext context);

    public abstract void Assign(RenderContext context, object? value);

    public override object? Evaluate(RenderContext context)
    {
        var value = Resolve(context);
        return value is ScriptFunction function ? function.Invoke(context, new Call(Span)) : value;
    }
}
