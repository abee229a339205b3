using System.Globalization;
using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>What every picture begins with: its size, its names for screen readers, its style sheet and its ground.</summary>
/// <param name="Title">What a screen reader says first.</param>
/// <param name="Description">What it says next; empty where there is nothing to add.</param>
/// <param name="IsPartOfPage">True for a part of a page that holds the style sheet once.</param>
/// <param name="IsLightOnly">True to leave out the colours of dark pages.</param>
internal sealed record SvgFrame(string Title, string Description, bool IsPartOfPage, bool IsLightOnly)
{
    /// <summary>The beginning; <c>&lt;/svg&gt;</c> ends the picture.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="colors">The colours of its bands.</param>
    public StringBuilder Open(double width, double height, IEnumerable<BandColor?> colors)
    {
        var svg = new StringBuilder(16_000);
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" class="h2m{(height > MoreThanAPage ? " tall" : "")}" role="{(IsPartOfPage ? "group" : "img")}" viewBox="0 0 {N(width)} {N(height)}" width="{N(width)}" height="{N(height)}" """);
        svg.Append(CultureInfo.InvariantCulture, $"style=\"max-width:100%;min-width:{N(width * SvgFont.Smallest / SvgFont.Size)}px;height:auto\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{SvgText.Escape(Title)}</title>\n");
        if (Description.Length > 0) svg.Append(CultureInfo.InvariantCulture, $"<desc>{SvgText.Escape(Description)}</desc>\n");
        if (!IsPartOfPage) svg.Append("<style>\n").Append(SvgStyle.SheetFor(colors, IsLightOnly)).Append("\n</style>\n");
        return svg.Append(CultureInfo.InvariantCulture, $"""<rect class="page" x="0.5" y="0.5" width="{N(width - 1)}" height="{N(height - 1)}" rx="10"/>{'\n'}""");
    }

    /// <summary>A number of pixels, to a tenth.</summary>
    public static string N(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>What is taller is printed over several pages: on one it would be too small to read.</summary>
    private const double MoreThanAPage = 1600;
}
