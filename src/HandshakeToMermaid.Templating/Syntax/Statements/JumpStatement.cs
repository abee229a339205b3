using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary><c>break</c> or <c>continue</c>.</summary>
internal sealed class JumpStatement(SourceSpan span, Flow flow) : Statement(span)
{
    public override Flow Execute(RenderContext context) =>
        context.IsInLoop ? flow : throw Span.Error($"`{Span.Text}` stands outside a loop");
}
