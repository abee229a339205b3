using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Syntax.Expressions;

/// <summary>Something with a value.</summary>
internal abstract class Expression
{
    /// <summary>Stands at <paramref name="span"/> and holds <paramref name="parts"/>.</summary>
    protected Expression(SourceSpan span, params ReadOnlySpan<Expression?> parts)
    {
        Span = span;
        foreach (var part in parts) Depth = Math.Max(Depth, part?.Depth ?? 0);
        Depth++;
    }

    public SourceSpan Span { get; }

    /// <summary>Levels of the tree below and with this node: the stack that evaluating it takes.</summary>
    public int Depth { get; }

    public abstract object? Evaluate(RenderContext context);
}
