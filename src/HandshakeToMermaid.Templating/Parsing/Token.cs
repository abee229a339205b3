namespace HandshakeToMermaid.Templating.Parsing;

/// <summary>A token, its place in the text and, for most kinds, what it means.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int End, object? Value)
{
    public bool IsSymbol(string symbol) => Kind == TokenKind.Symbol && (string)Value! == symbol;

    public bool IsWord(string word) => Kind == TokenKind.Identifier && (string)Value! == word;
}
