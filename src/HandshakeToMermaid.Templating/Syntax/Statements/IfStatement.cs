using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>if</c>, <c>else if</c>, <c>else</c>: each condition with its block, in order.</summary>
internal sealed class IfStatement(SourceSpan span, (Expression Condition, Block Body)[] branches, Block? otherwise) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        foreach (var (condition, body) in branches)
        {
            if (Values.IsTrue(condition.Evaluate(context))) return body.Execute(context);
        }
        return otherwise?.Execute(context) ?? Flow.Next;
    }
}
