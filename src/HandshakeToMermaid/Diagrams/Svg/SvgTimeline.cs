using System.Globalization;
using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>Draws a timeline as SVG: a line for each phase with its text in its bar or beside it, the axis below. A connection that failed has a red ground.</summary>
internal sealed class SvgTimeline
{
    private SvgTimeline(Timeline timeline)
    {
        this.timeline = timeline;
        numbers = SvgFont.WidthOfStrong(timeline.Rows.Select(r => r.Number.ToString(CultureInfo.InvariantCulture)));
        left = Edge + numbers + Gap;
    }

    /// <summary>A file of its own.</summary>
    /// <param name="timeline">What is drawn.</param>
    /// <param name="isLightOnly">True to leave out the colours of dark pages.</param>
    public static string Render(Timeline timeline, bool isLightOnly = false) => new SvgTimeline(timeline).Draw(new SvgFrame(timeline.Title, "", IsPartOfPage: false, isLightOnly));

    /// <summary>A part of an HTML page that holds <see cref="SvgStyle"/> once.</summary>
    public static string RenderForPage(Timeline timeline) => new SvgTimeline(timeline).Draw(new SvgFrame(timeline.Title, "", IsPartOfPage: true, IsLightOnly: false));

    private string Draw(SvgFrame frame)
    {
        var y = Edge;
        foreach (var line in TextWidth.Wrap(VisibleText.Of(timeline.Title), (Width - Edge - Edge) / SvgFont.Width("x") * TextWidth.Pixels("x")))
        {
            Text(Width / 2, y + Baseline, "strong", line);
            y += SvgFont.Leading;
        }

        y += Gap;
        var top = y;
        foreach (var row in timeline.Rows)
        {
            var height = (row.Bars.Count * Lane) + Gap;
            var isFailed = row.Bars.Any(b => b.IsFailure);
            var name = isFailed ? BandColor.Red.Name : "plain";
            if (isFailed) fields.Append(CultureInfo.InvariantCulture, $"""<g class="{name}"><rect class="field" x="{N(Edge - Inset)}" y="{N(y)}" width="{N(Width - Edge - Edge + Inset + Inset)}" height="{N(height)}" rx="6"/></g>{'\n'}""");
            body.Append(CultureInfo.InvariantCulture, $"<g class=\"{name}\">\n");
            Text(Edge + numbers, y + (Gap / 2) + BarBaseline, "end strong", row.Number.ToString(CultureInfo.InvariantCulture));
            for (var i = 0; i < row.Bars.Count; i++) Bar(row.Bars[i], y + (Gap / 2) + (i * Lane));
            body.Append("</g>\n");
            y += height;
        }

        Axis(top, y);
        y += SvgFont.Leading + Gap;
        return frame.Open(Width, y + Gap, timeline.Rows.SelectMany(r => r.Bars).Select(b => (BandColor?)b.Color)).Append(fields).Append(axis).Append(bars).Append(body).Append("</svg>\n").ToString();
    }

    private void Bar(TimelineBar bar, double y)
    {
        var start = Math.Min(At(bar.Start), Width - Edge - Thinnest);
        var end = Math.Clamp(At(bar.End), start + Thinnest, Width - Edge);
        bars.Append(CultureInfo.InvariantCulture, $"""<g class="{bar.Color.Name}"><rect class="bar" x="{N(start)}" y="{N(y + 2)}" width="{N(end - start)}" height="{N(Lane - 4)}" rx="3"/></g>{'\n'}""");
        var style = bar.IsFailure ? "start fail" : "start";
        foreach (var label in bar.Labels)
        {
            var (shown, room) = (VisibleText.Of(label), SvgFont.Width(VisibleText.Of(label)) * (bar.IsFailure ? Strong : 1));
            if (room + Gap <= end - start) Text(start + (Gap / 2), y + BarBaseline, style, shown);
            else if (end + Gap + room <= Width - Edge) Text(end + (Gap / 2), y + BarBaseline, $"{style} halo", shown);
            else if (start - Gap - room >= left) Text(start - (Gap / 2), y + BarBaseline, bar.IsFailure ? "end fail halo" : "end halo", shown);
            else continue;
            return;
        }

        // The shortest is never as wide as the axis.
        Text(left, y + BarBaseline, $"{style} halo", VisibleText.Of(bar.Labels[^1]));
    }

    private void Axis(double top, double bottom)
    {
        foreach (var (at, label) in TimelineTicks.Of(timeline))
        {
            var x = At(at);
            axis.Append(CultureInfo.InvariantCulture, $"""<line class="life" x1="{N(x)}" y1="{N(top)}" x2="{N(x)}" y2="{N(bottom)}"/>{'\n'}""");
            var half = SvgFont.Width(label) / 2;
            Text(Math.Clamp(x, left + half, Width - Edge - half), bottom + Baseline + 4, "soft", label);
        }
    }

    private void Text(double x, double at, string style, string text)
        => body.Append(CultureInfo.InvariantCulture, $"""<text class="{style}" x="{N(x)}" y="{N(at)}">{SvgText.Escape(text)}</text>{'\n'}""");

    private double At(Duration sinceZero) => left + ((Width - Edge - left) * sinceZero.Nanoseconds / timeline.Scale.Span.Nanoseconds);

    private static string N(double number) => SvgFrame.N(number);

    private const double Width = 900;
    private const double Edge = 24;
    private const double Gap = 12;
    private const double Inset = 8;
    private const double Lane = 22;
    private const double Thinnest = 3;
    private const double Baseline = 12.5;
    private const double BarBaseline = 15.5;

    /// <summary>Bold letters are up to a tenth wider.</summary>
    private const double Strong = 1.08;

    private readonly Timeline timeline;
    private readonly double numbers;

    /// <summary>Where the axis begins.</summary>
    private readonly double left;

    private readonly StringBuilder fields = new();
    private readonly StringBuilder axis = new();
    private readonly StringBuilder bars = new();
    private readonly StringBuilder body = new();
}
