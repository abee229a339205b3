using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;
using HandshakeToMermaid.Templating.Syntax.Expressions;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>with object</c>: its members are variables inside.</summary>
internal sealed class WithStatement(SourceSpan span, Expression target, Block body) : Statement(span)
{
    public override Flow Execute(RenderContext context)
    {
        var value = target.Evaluate(context);
        if (value is not IScriptObject members) throw target.Span.Error($"`with` needs an object, not {Values.KindOf(value)}");
        var outer = context.PushObject(members, new LocalScope());
        var flow = body.Execute(context);
        context.PopObject(outer);
        return flow;
    }
}
