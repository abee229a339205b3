using System.Globalization;
using System.Text;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>
/// What a reader must see of a text from the wire, whatever the output: controls, bidirectional overrides and other
/// invisible characters are spelled out, unusual spaces become one plain space. Names stay in the form they were sent in.
/// </summary>
internal static class VisibleText
{
    /// <summary>The visible form; "(empty)" where nothing is left to see.</summary>
    public static string Of(string text)
    {
        if (IsPlain(text)) return text;
        var visible = new StringBuilder(text.Length + 16);
        foreach (var rune in Runes(text)) Append(visible, rune);
        while (visible.Length > 0 && visible[^1] == ' ') visible.Length--;
        return visible.Length == 0 ? "(empty)" : visible.ToString();
    }

    /// <summary>True for a code point that is invisible, or that changes how its neighbours are displayed.</summary>
    public static bool IsHidden(int rune)
        => rune is < 0x20 or (>= 0x7F and <= 0x9F) or 0xAD or 0x61C or 0x180E
            or (>= 0x200B and <= 0x200F) or (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F)
            or (>= 0xD800 and <= 0xDFFF) or (>= 0xFDD0 and <= 0xFDEF) or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB)
            or (>= 0xE0000 and <= 0xE007F) || (rune & 0xFFFE) == 0xFFFE;

    private static bool IsPlain(string text)
    {
        // Most texts are ASCII: those are looked at many signs at a time.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text.Length > 0 && text[0] != ' ' && text[^1] != ' ' && !text.Contains("  ", StringComparison.Ordinal);
        var before = ' ';
        foreach (var c in text)
        {
            if ((c is < ' ' or > '~' && (IsHidden(c) || IsSpace(c))) || (c == ' ' && before == ' ')) return false;
            before = c;
        }
        return text.Length > 0 && before != ' ';
    }

    private static void Append(StringBuilder visible, int rune)
    {
        if (IsSpace(rune))
        {
            if (visible.Length > 0 && visible[^1] != ' ') visible.Append(' ');
            return;
        }
        if (IsHidden(rune)) visible.Append(CultureInfo.InvariantCulture, $"‹U+{rune:X4}›");
        else if (rune <= char.MaxValue) visible.Append((char)rune);
        else visible.Append(new Rune(rune).ToString());
    }

    /// <summary>Code points; a surrogate without its partner counts as itself.</summary>
    private static IEnumerable<int> Runes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) yield return char.ConvertToUtf32(text, i++);
            else yield return text[i];
        }
    }

    private static bool IsSpace(int rune)
        => rune is ' ' or 0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000;
}
