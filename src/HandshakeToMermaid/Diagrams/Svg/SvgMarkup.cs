using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>
/// Lines of text as SVG: what matters is set off, and the text stays what it was. Spaces stand outside the tspans, at whose edges librsvg
/// drops them. What is not shown as it is, such as controls, is escaped as a whole and not set off.
/// </summary>
internal static class SvgMarkup
{
    /// <summary>"ClientHello · +2.1 ms": the message in the colour of text, what follows it a little softer.</summary>
    public static string Title(string line)
    {
        var cut = line.IndexOf(Separator, StringComparison.Ordinal);
        if (cut < 1 || cut + Separator.Length == line.Length || VisibleText.Of(line) != line) return Strong(line);
        return $"{Strong(line[..cut])}{Separator}<tspan class=\"soft\">{SvgText.Escape(line[(cut + Separator.Length)..])}</tspan>";
    }

    /// <summary>"Cause: the certificate ended" with its first word set off.</summary>
    public static string Labelled(string line)
    {
        var label = Labels.FirstOrDefault(l => line.StartsWith(l, StringComparison.Ordinal));
        if (label is null || line.Length <= label.Length + 1 || VisibleText.Of(line) != line) return SvgText.Escape(line);
        return $"<tspan class=\"strong\">{label}</tspan> {SvgText.Escape(line[label.Length..].TrimStart())}";
    }

    /// <summary>"For the client to check: ✗ expired · ✓ name matches" with the colour of each result.</summary>
    public static string Checked(string line)
    {
        if (VisibleText.Of(line) != line) return SvgText.Escape(line);
        var end = line.StartsWith("For the ", StringComparison.Ordinal) ? line.IndexOf(':', StringComparison.Ordinal) + 1 : 0;
        if (end == line.Length) return Strong(line);
        return end == 0 ? Results(line) : $"{Strong(line[..end])} {Results(line[end..].TrimStart())}";
    }

    private static string Results(string items) => string.Join(Separator, items.Split(Separator).Select(Item));

    /// <summary>"✓ TCP · 24.7 ms" with what passed set off; a line that goes on with the one before as it is.</summary>
    public static string Passed(string line) => line.StartsWith($"{Sign.Passed} ", StringComparison.Ordinal) ? Title(line) : SvgText.Escape(line);

    private static string Item(string item)
    {
        if (item.StartsWith($"{Sign.Failed} ", StringComparison.Ordinal)) return $"<tspan class=\"fail\">{SvgText.Escape(item)}</tspan>";
        if (!item.StartsWith($"{Sign.Passed} ", StringComparison.Ordinal) || item.Length < 3) return SvgText.Escape(item);
        return $"<tspan class=\"pass\">{Sign.Passed}</tspan> {SvgText.Escape(item[2..])}";
    }

    private static string Strong(string text) => $"<tspan class=\"strong\">{SvgText.Escape(text)}</tspan>";

    private const string Separator = " · ";

    private static readonly string[] Labels = ["Error:", "Cause:", "Likely cause:", "Probably:", "Fix:", "Failed:", "Not read:", "Note:", "Consequence:", "Consequences:", "Also found:", "Certificate:"];
}
