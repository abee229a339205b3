namespace HandshakeToMermaid.Templating.Parsing;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    /// <summary>Text outside code, after whitespace control.</summary>
    Text,

    /// <summary>Text of an escape block, <c>{%{ … }%}</c>.</summary>
    EscapedText,

    /// <summary><c>{{</c>; the value is the indent that its output gets, or null.</summary>
    CodeEnter,

    /// <summary><c>}}</c>.</summary>
    CodeExit,

    /// <summary>The end of a line in code, with the blank lines after it.</summary>
    NewLine,

    /// <summary>A name; the value is its text.</summary>
    Identifier,

    /// <summary><c>$</c>, <c>$$</c>, <c>$0</c>, <c>$name</c>; the value is what follows the first <c>$</c>.</summary>
    LocalIdentifier,

    /// <summary>A number; the value is a long or a double.</summary>
    Number,

    /// <summary>A string; the value is what it means.</summary>
    String,

    /// <summary>An interpolated string; the value is a list of <see cref="InterpolatedPart"/>.</summary>
    Interpolated,

    /// <summary>An operator or a bracket; the value is its text.</summary>
    Symbol,

    /// <summary>The end of the template.</summary>
    End,
}
