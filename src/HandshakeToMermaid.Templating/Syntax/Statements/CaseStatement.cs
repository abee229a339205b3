using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>case</c> with its <c>when</c>s: the first that has an equal value runs.</summary>
internal sealed class CaseStatement(SourceSpan span, Expression subject, (Expression[] Values, Block Body)[] branches, Block? otherwise, bool endsIndent) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var value = subject.Evaluate(context);
        if (endsIndent) context.Indent = null;
        foreach (var (candidates, body) in branches)
        {
            foreach (var candidate in candidates)
            {
                if (Operators.Apply(context, candidate.Span, BinaryOperator.Equal, value, candidate.Evaluate(context)) is true) return body.Execute(context);
            }
        }
        return otherwise?.Execute(context) ?? Flow.Next;
    }
}
