using System.Globalization;
using System.Text;

namespace HandshakeToMermaid.Templating.Parsing;

/// <content>Numbers and strings.</content>
internal sealed partial class Lexer
{
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
}
