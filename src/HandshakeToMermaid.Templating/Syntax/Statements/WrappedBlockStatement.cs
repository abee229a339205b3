using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>$$</c>: runs the block that <c>wrap</c> passed, here and with the variables of here.</summary>
internal sealed class WrappedBlockStatement(SourceSpan span) : Statement(span)
{
    public override Flow Execute(RenderContext context) => context.Local.Wrapped?.Execute(context) ?? Flow.Next;
}
