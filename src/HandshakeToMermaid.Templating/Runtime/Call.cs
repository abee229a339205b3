using HandshakeToMermaid.Templating.Parsing;
using HandshakeToMermaid.Templating.Syntax.Statements;

namespace HandshakeToMermaid.Templating.Runtime;

/// <summary>A call being made: where, with which values, and the block that <c>wrap</c> passes along.</summary>
internal readonly record struct Call(SourceSpan At, object?[] Values, List<KeyValuePair<string, object?>>? Named = null, Block? Wrapped = null)
{
    public Call(SourceSpan at)
        : this(at, [])
    {
    }
}
