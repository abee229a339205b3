using System.Globalization;
using System.Text;

namespace HandshakeToMermaid.Templating.Parsing;

/// <summary>
/// Cuts a template into tokens. Whitespace control is done here: <c>-</c> beside a brace takes all whitespace on that
/// side, <c>~</c> takes what stands on the same line, and after a block also that line's end.
/// </summary>
internal sealed class Lexer
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

    private object ReadNumber()
    {
        var start = at;
        if (text[at] == '0' && Peek(at + 1) is 'x' or 'b') return ReadBits(start, text[at + 1] == 'x' ? 16 : 2);

        var isFloat = false;
        SkipDigits();
        // `1..5` is a range and `1.name` a member; `1.` alone is a number.
        if (Peek(at) == '.' && Peek(at + 1) != '.' && (!char.IsLetter(Peek(at + 1)) || Peek(at + 1) is 'e' or 'E'))
        {
            isFloat = true;
            at++;
            SkipDigits();
        }
        if (Peek(at) is 'e' or 'E')
        {
            at++;
            if (Peek(at) is '+' or '-') at++;
            if (!char.IsAsciiDigit(Peek(at))) throw Error(at, "expected a digit after the exponent");
            SkipDigits();
        }
        if (Peek(at) is 'f' or 'F' or 'd' or 'D' or 'm' or 'M') throw Error(start, "numbers with a type suffix are not supported");

        var digits = text[start..at].Replace("_", "", StringComparison.Ordinal);
        if (isFloat) return double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return long.TryParse(digits, NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Error(start, $"`{digits}` is not a 64-bit integer");
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek(at)) || Peek(at) == '_') at++;
    }

    /// <summary>Hexadecimal and binary numbers; those of 32 bits are signed, as everywhere in the language.</summary>
    private object ReadBits(int start, int radix)
    {
        at += 2;
        var digits = at;
        while (char.IsAsciiHexDigit(Peek(at)) || Peek(at) == '_') at++;
        var written = text[digits..at].Replace("_", "", StringComparison.Ordinal);
        var style = radix == 16 ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowBinarySpecifier;
        if (!ulong.TryParse(written, style, CultureInfo.InvariantCulture, out var bits)) throw Error(start, $"`{text[start..at]}` is not a 64-bit integer");
        return bits <= uint.MaxValue ? (long)unchecked((int)bits) : unchecked((long)bits);
    }

    private string ReadVerbatim()
    {
        var start = at++;
        var value = new StringBuilder();
        while (at < end)
        {
            if (text[at] == '`' && Peek(++at) != '`') return value.ToString();
            value.Append(text[at++]);
        }
        throw Error(start, "this string is not closed: expected a backtick");
    }

    private string ReadString()
    {
        var start = at;
        var quote = text[at++];
        var value = new StringBuilder();
        while (at < end)
        {
            if (text[at] == quote)
            {
                at++;
                return value.ToString();
            }
            ReadCharacter(value, interpolated: false);
        }
        throw Error(start, $"this string is not closed: expected `{quote}`");
    }

    private List<InterpolatedPart> ReadInterpolated()
    {
        var start = at++;
        var quote = text[at++];
        var parts = new List<InterpolatedPart>();
        var value = new StringBuilder();
        while (at < end)
        {
            if (text[at] != quote && text[at] != '{')
            {
                ReadCharacter(value, interpolated: true);
                continue;
            }
            if (value.Length > 0) parts.Add(new InterpolatedPart(value.ToString(), 0, 0));
            value.Clear();
            if (text[at++] == quote) return parts;

            var expression = at;
            SkipInterpolatedExpression(expression - 1);
            parts.Add(new InterpolatedPart(Text: null, expression, at++));
        }
        throw Error(start, $"this string is not closed: expected `{quote}`");
    }

    /// <summary>Stops at the brace that closes the expression, over the strings and objects in it.</summary>
    private void SkipInterpolatedExpression(int opener)
    {
        for (var depth = 0; at < end && text[at] != '\n';)
        {
            switch (text[at])
            {
                case '}' when depth == 0: return;
                case '}': depth--; at++; break;
                case '{': depth++; at++; break;
                case '`': ReadVerbatim(); break;
                case '"' or '\'': ReadString(); break;
                case '$' when Peek(at + 1) is '"' or '\'': SkipNested(opener); break;
                default: at++; break;
            }
        }
        throw Error(opener, "expected `}` on the same line");
    }

    private void SkipNested(int opener)
    {
        if (++nesting > Parser.MaxDepth) throw Error(opener, Parser.TooDeep);
        ReadInterpolated();
        nesting--;
    }

    private void ReadCharacter(StringBuilder value, bool interpolated)
    {
        var c = text[at++];
        if (c != '\\')
        {
            value.Append(c);
            return;
        }
        var escape = Peek(at++);
        switch (escape)
        {
            case '\n': break;
            case '\r': if (Peek(at) == '\n') at++; break;
            case '0': value.Append('\0'); break;
            case 'b': value.Append('\b'); break;
            case 'f': value.Append('\f'); break;
            case 'n': value.Append('\n'); break;
            case 'r': value.Append('\r'); break;
            case 't': value.Append('\t'); break;
            case 'v': value.Append('\v'); break;
            case '\\' or '\'' or '"': value.Append(escape); break;
            case '{' or '}' when interpolated: value.Append(escape); break;
            case 'u': ReadHex(value, 4); break;
            case 'x': ReadHex(value, 2); break;
            default: throw Error(at - 2, @"expected one of 0 ' "" \ b f n r t v u0000-uffff x00-xff after `\`");
        }
    }

    private void ReadHex(StringBuilder value, int digits)
    {
        if (at + digits > end || !ushort.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            throw Error(at - 2, $"expected {digits} hexadecimal digits");
        }
        value.Append((char)code);
        at += digits;
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
