namespace HandshakeToMermaid.Templating.Parsing;

/// <summary>
/// Cuts a template into tokens. Whitespace control is done here: <c>-</c> beside a brace takes all whitespace on that
/// side, <c>~</c> takes what stands on the same line, and after a block also that line's end.
/// </summary>
internal sealed partial class Lexer
{
    private readonly Source source;
    private readonly string text;
    private readonly int end;
    private readonly bool inTemplate;
    private readonly List<Token> tokens = [];
    private int at;

    // Braces of object literals still open: inside one, `}}` closes two objects, not the code block.
    private int openBraces;

    // Interpolated strings inside one another.
    private int nesting;

    private Lexer(Source source, int start, int end, bool inTemplate)
    {
        this.source = source;
        this.end = end;
        this.inTemplate = inTemplate;
        text = source.Text;
        at = start;
    }

    /// <summary>The tokens of a whole template.</summary>
    public static List<Token> Template(Source source)
    {
        var lexer = new Lexer(source, 0, source.Text.Length, inTemplate: true);
        lexer.ReadTemplate();
        return lexer.Finish();
    }

    /// <summary>The tokens of an expression inside an interpolated string.</summary>
    public static List<Token> Code(Source source, int start, int end)
    {
        var lexer = new Lexer(source, start, end, inTemplate: false);
        while (lexer.at < end) lexer.ReadCodeToken();
        return lexer.Finish();
    }

    private List<Token> Finish()
    {
        Add(TokenKind.End, end, null);
        return tokens;
    }

    private void ReadTemplate()
    {
        while (at < end)
        {
            var opener = FindOpener(out var percents);
            ReadText(opener < 0 ? end : opener, opener < 0 ? '\0' : Peek(opener + percents + 2));
            if (opener < 0) return;

            at = opener + percents + 2;
            if (Peek(at) is '-' or '~') at++;
            if (percents > 0) ReadEscapeBlock(opener, percents);
            else ReadCodeBlock(opener);
        }
    }

    /// <summary>The next <c>{{</c> or <c>{%…%{</c>.</summary>
    private int FindOpener(out int percents)
    {
        for (var i = text.IndexOf('{', at); i >= 0; i = text.IndexOf('{', i + 1))
        {
            var next = i + 1;
            while (Peek(next) == '%') next++;
            percents = next - i - 1;
            if (Peek(next) == '{') return i;
        }
        percents = 0;
        return -1;
    }

    private void ReadText(int stop, char control)
    {
        var last = stop;
        if (control == '-') while (last > at && char.IsWhiteSpace(text[last - 1])) last--;
        if (control == '~') while (last > at && char.IsWhiteSpace(text[last - 1]) && text[last - 1] != '\n') last--;
        if (last > at) tokens.Add(new Token(TokenKind.Text, at, last, null));
        at = stop;
    }

    private void ReadEscapeBlock(int opener, int percents)
    {
        var start = at;
        var closer = $"}}{new string('%', percents)}}}";
        var stop = text.IndexOf(closer, start, StringComparison.Ordinal);
        if (stop < 0) throw Error(opener, $"this block is not closed: expected `{closer}`");

        var control = stop > start && text[stop - 1] is '-' or '~' ? text[stop - 1] : '\0';
        var last = control == '\0' ? stop : stop - 1;
        if (last > start) tokens.Add(new Token(TokenKind.EscapedText, start, last, null));
        at = stop + closer.Length;
        SkipAfterBlock(control);
    }

    private void ReadCodeBlock(int opener)
    {
        Add(TokenKind.CodeEnter, opener, Indent());
        while (!AtCodeExit())
        {
            if (at >= end) throw Error(opener, "this code block is not closed: expected `}}`");
            ReadCodeToken();
        }
        var start = at;
        var control = text[at];
        at += control == '}' ? 2 : 3;
        Add(TokenKind.CodeExit, start, null);
        SkipAfterBlock(control);
    }

    /// <summary>
    /// The blanks between the start of the line and the text's end, when nothing else stands there: the lines that
    /// the block writes get them too. Taken from what whitespace control left of the text.
    /// </summary>
    private string? Indent()
    {
        if (tokens.Count == 0 || tokens[^1] is not { Kind: TokenKind.Text, End: var stop }) return null;
        var start = stop;
        while (start > 0 && text[start - 1] != '\n')
        {
            if (!char.IsWhiteSpace(text[--start])) return null;
        }
        return text[start..stop];
    }

    private void SkipAfterBlock(char control)
    {
        if (control is not ('-' or '~')) return;
        while (at < end && char.IsWhiteSpace(text[at]))
        {
            if (text[at++] == '\n' && control == '~') return;
        }
    }

    private bool AtCodeExit()
    {
        if (!inTemplate || openBraces > 0) return false;
        var brace = Peek(at) is '-' or '~' ? at + 1 : at;
        return Peek(brace) == '}' && Peek(brace + 1) == '}';
    }

    private void ReadCodeToken()
    {
        var start = at;
        var c = text[at];
        switch (c)
        {
            case '\n' or '\r':
                while (at < end && char.IsWhiteSpace(text[at])) at++;
                Add(TokenKind.NewLine, start, null);
                break;
            case '#':
                SkipComment();
                break;
            case '"' or '\'':
                Add(TokenKind.String, start, ReadString());
                break;
            case '`':
                Add(TokenKind.String, start, ReadVerbatim());
                break;
            case '$' when Peek(at + 1) is '"' or '\'':
                Add(TokenKind.Interpolated, start, ReadInterpolated());
                break;
            case '$':
                Add(TokenKind.LocalIdentifier, start, ReadLocalName());
                break;
            case var _ when char.IsWhiteSpace(c):
                at++;
                break;
            case var _ when c == '_' || char.IsLetter(c):
                Add(TokenKind.Identifier, start, ReadName());
                break;
            case var _ when char.IsAsciiDigit(c):
                Add(TokenKind.Number, start, ReadNumber());
                break;
            default:
                Add(TokenKind.Symbol, start, ReadSymbol());
                break;
        }
    }

    private void SkipComment()
    {
        at++;
        var lines = Peek(at) == '#';
        if (lines) at++;
        while (at < end && !AtCodeExit())
        {
            if (lines && text[at] == '#' && Peek(at + 1) == '#')
            {
                at += 2;
                return;
            }
            if (!lines && text[at] is '\r' or '\n') return;
            at++;
        }
    }

    private string ReadName()
    {
        var start = at;
        while (at < end && (text[at] == '_' || char.IsLetterOrDigit(text[at]))) at++;
        return string.Intern(text[start..at]);
    }

    private string ReadLocalName()
    {
        at++;
        if (Peek(at) != '$') return ReadName();
        at++;
        return "$";
    }

    private string ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) != 0 || at + symbol.Length > end) continue;
            if (symbol == "{") openBraces++;
            if (symbol == "}" && --openBraces < 0) throw Error(at, "this `}` closes nothing");
            at += symbol.Length;
            return symbol;
        }
        throw Error(at, $"`{text[at]}` means nothing here");
    }

    private char Peek(int offset) => offset < end ? text[offset] : '\0';

    private void Add(TokenKind kind, int start, object? value) => tokens.Add(new Token(kind, start, at, value));

    private TemplateException Error(int offset, string message) => new SourceSpan(source, offset, offset).Error(message);

    // Longer ones first: the first that fits is taken.
    private static readonly string[] Symbols =
    [
        "..<", "...", "//=",
        "==", "!=", "<=", ">=", "<<", ">>", "&&", "||", "|>", "??", "?!", "?.", "..", "//", "++", "--", "+=", "-=", "*=", "/=", "%=",
        "+", "-", "*", "/", "%", "=", "<", ">", "!", "?", ":", ";", ",", ".", "(", ")", "[", "]", "{", "}", "|", "@", "^",
    ];
}
