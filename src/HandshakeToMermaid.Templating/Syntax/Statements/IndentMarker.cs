namespace HandshakeToMermaid.Templating.Syntax.Statements;

/// <summary>
/// The indent of the code block that a statement stands in: the blanks before <c>{{</c> on its line, or null. Text
/// outside code, and code in the block that the surrounding statement began in, inherit that statement's.
/// </summary>
internal readonly record struct IndentMarker(string? Indent, bool IsInherited = false)
{
    public static IndentMarker Inherited => new(Indent: null, IsInherited: true);
}
