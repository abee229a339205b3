using System.Globalization;
using System.Text;

namespace HandshakeToMermaid.Diagrams.Ladder;

/// <summary>The characters that a ladder is drawn with.</summary>
internal sealed record LadderSigns(
    char Lifeline, char Solid, char Dashed, char Crossing, char Right, char Left, char Cross, char Across, char AcrossCrossing, char TopLeft, char TopRight, char BottomLeft, char BottomRight, char Into, char OutOf, char Ellipsis, string ArrowWord, string DeadWord)
{
    /// <summary>Box drawing.</summary>
    public static LadderSigns Unicode { get; } = new('│', '─', '╌', '┼', '▶', '◀', '✗', '━', '┿', '┌', '┐', '└', '┘', '┴', '┬', '…', "→", "✗→");

    /// <summary>What every terminal and every log shows.</summary>
    public static LadderSigns Ascii { get; } = new('|', '-', '.', '+', '>', '<', 'x', '=', '+', '+', '+', '+', '+', '+', '+', '~', "->", "-x");

    /// <summary>A text in ASCII; what has no likeness is spelled out.</summary>
    public static string ToAscii(string text)
    {
        if (Ascii7(text)) return text;
        var written = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii) written.Append((char)rune.Value);
            else if (Likeness(rune.Value) is { } like) written.Append(like);
            else written.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
        }
        return written.ToString();
    }

    private static bool Ascii7(string text) => System.Text.Ascii.IsValid(text);

    private static string? Likeness(int rune) => rune switch
    {
        '·' => "-",
        '…' => "...",
        '‹' => "<",
        '›' => ">",
        '’' => "'",
        '→' => "->",
        '✓' => "ok",
        '✗' => "x",
        '–' => "--",
        'µ' => "u",
        _ => null,
    };
}
