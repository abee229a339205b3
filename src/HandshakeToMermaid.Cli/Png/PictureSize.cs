using System.Globalization;
using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Cli.Png;

/// <summary>How large an SVG of ours is, in CSS pixels.</summary>
internal sealed partial record PictureSize(int Width, int Height)
{
    /// <summary>Pixels of the PNG for one of the SVG: 2, so that it is sharp on screens of today and in print; less for what would be larger than programs paint.</summary>
    public double Scale => Math.Min(2, Math.Floor(LongestSide * 100.0 / Math.Max(Width, Height)) / 100);

    /// <summary>The size that a picture of ours says it has.</summary>
    public static PictureSize Of(string svg)
    {
        var said = ViewBox().Match(svg);
        return new PictureSize(Pixels(said.Groups["width"]), Pixels(said.Groups["height"]));
    }

    private static int Pixels(Group said) => (int)Math.Ceiling(double.Parse(said.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("""\A<svg [^>]*viewBox="0 0 (?<width>[0-9.]+) (?<height>[0-9.]+)" """, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex ViewBox();

    /// <summary>Chromium paints no surface longer than 16,384 pixels.</summary>
    private const double LongestSide = 16_000;
}
