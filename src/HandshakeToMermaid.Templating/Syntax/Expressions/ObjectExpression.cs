using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary><c>{name: value}</c>.</summary>
internal sealed class ObjectExpression(SourceSpan span, Argument[] members) : Expression(span, [.. members.Select(m => m.Value)])
{
    public override object? Evaluate(RenderContext context)
    {
        var result = new ScriptObject();
        foreach (var (name, value) in members) result[name!] = value!.Evaluate(context);
        return result;
    }
}
