using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>Sizes of the picture's type. The reader's font is not known: room is left for the widest in common use.</summary>
internal static class SvgFont
{
    /// <summary>Pixels of an ordinary line.</summary>
    public const double Size = 13;

    /// <summary>Pixels below which no line is scaled: a page that is narrower is scrolled.</summary>
    public const double Smallest = 12;

    /// <summary>From one line to the next.</summary>
    public const double Leading = 17;

    /// <summary>Room that a line needs.</summary>
    public static double Width(string text) => TextWidth.Pixels(text) * Size / 16 * Slack;

    /// <summary>Room that the longest of some lines needs.</summary>
    public static double Width(IEnumerable<string> lines) => lines.Select(Width).DefaultIfEmpty().Max();

    /// <summary>The same where they may be bold.</summary>
    public static double WidthOfStrong(IEnumerable<string> lines) => Width(lines) * Strong;

    /// <summary>Bold letters are up to a tenth wider.</summary>
    private const double Strong = 1.08;

    /// <summary>DejaVu and Verdana are up to 17 % wider than the estimate, which fits Arial.</summary>
    private const double Slack = 1.15;
}
