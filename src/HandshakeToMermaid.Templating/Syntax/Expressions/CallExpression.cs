using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>A call: <c>f a b</c>, <c>f(a, b)</c> or <c>a | f b</c>.</summary>
internal sealed class CallExpression(SourceSpan span, Expression target, Argument[] arguments, bool isExplicit = false)
    : Expression(span, [target, .. arguments.Select(a => a.Value)])
{
    public Expression Target { get; } = target;

    public Argument[] Arguments { get; } = arguments;

    /// <summary>Written with parentheses.</summary>
    public bool IsExplicit { get; } = isExplicit;

    private readonly int positional = arguments.Count(a => a.Name is null);

    public override object? Evaluate(RenderContext context) => Invoke(context, block: null);

    /// <summary>Calls with a block that the function runs where it says <c>$$</c>.</summary>
    public object? Invoke(RenderContext context, Block? block)
    {
        var callee = Target is PathExpression path ? path.Resolve(context) : Target.Evaluate(context);
        if (callee is not ScriptFunction function)
        {
            throw Target.Span.Error(callee is null ? $"the function `{Target.Span.Text}` was not found" : $"`{Target.Span.Text}` is not a function but {Values.KindOf(callee)}");
        }

        var values = positional == 0 ? [] : new object?[positional];
        List<KeyValuePair<string, object?>>? named = null;
        var next = 0;
        foreach (var argument in Arguments)
        {
            var value = argument.Value?.Evaluate(context);
            if (argument.Name is null) values[next++] = value;
            else (named ??= []).Add(new KeyValuePair<string, object?>(argument.Name, value));
        }
        return function.Invoke(context, new Call(Span, values, named, block));
    }
}
