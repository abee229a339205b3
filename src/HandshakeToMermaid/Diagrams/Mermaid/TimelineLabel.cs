using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>
/// The text of a bar. Mermaid writes it into the bar, else right of it, else left of it without looking whether it has room there
/// (<c>ganttRenderer</c>, 9.4 to 12): a text that would leave the chart is shortened.
/// </summary>
internal static class TimelineLabel
{
    /// <summary>The longest of the bar's labels that stays inside the chart.</summary>
    public static string Of(TimelineBar bar, TimelineScale scale)
        => bar.Labels.FirstOrDefault(label => Widths.All(width => Fits(label, bar, scale, width)), bar.Labels[^1]);

    private static bool Fits(string label, TimelineBar bar, TimelineScale scale, double width)
    {
        // Mermaid measures the text while its escapes are still placeholders of seven characters.
        var text = TextWidth.Pixels(MermaidText.Gantt(label).Replace("#", "0000", StringComparison.Ordinal)) * FontSize / 16;
        var perNanosecond = (width - Padding - Padding) / scale.Span.Nanoseconds;
        var (start, end) = (bar.Start.Nanoseconds * perNanosecond, bar.End.Nanoseconds * perNanosecond);
        return text <= end - start || end + text + (1.5 * Padding) <= width || start + Padding >= text;
    }

    /// <summary>Columns of GitHub, of most pages, and of a narrow window.</summary>
    private static readonly double[] Widths = [1012, 900, 708];

    private const double Padding = 75;
    private const double FontSize = 11;
}
