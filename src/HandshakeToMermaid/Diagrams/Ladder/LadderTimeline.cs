using System.Globalization;
using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Ladder;

/// <summary>Draws a timeline for a terminal: a line for each phase, its text at the left, its bar at the right, the axis below.</summary>
internal sealed class LadderTimeline
{
    private LadderTimeline(Timeline timeline, TerminalStyle style)
    {
        (this.timeline, this.style) = (timeline, style);
        numbers = timeline.Rows.Max(r => r.Number).ToString(CultureInfo.InvariantCulture).Length;
        var most = style.Width * 9 / 20;
        texts = Math.Min(most, timeline.Rows.SelectMany(r => r.Bars).Max(b => CellWidth.Of(Visible(Label(b, most)))));
        left = numbers + texts + 4;
        cells = Math.Max(8, style.Width - left);
    }

    /// <summary>The drawing; every line ends in LF.</summary>
    public static string Render(Timeline timeline, TerminalStyle style) => new LadderTimeline(timeline, style).Draw();

    private string Draw()
    {
        foreach (var row in CellWidth.Wrap(Visible(timeline.Title), style.Width)) Line(Strong, row);
        output.Append('\n');
        foreach (var row in timeline.Rows)
        {
            for (var i = 0; i < row.Bars.Count; i++) Bar(i == 0 ? row.Number : null, row.Bars[i]);
        }

        Axis();
        return output.ToString();
    }

    private void Bar(int? number, TimelineBar bar)
    {
        var line = new LadderLine(style.Width);
        if (number is { } shown) line.Put(0, shown.ToString(CultureInfo.InvariantCulture).PadLeft(numbers));
        var label = Label(bar, texts);
        line.Put(numbers + 2, CellWidth.Cut(Visible(label), texts, style.IsAscii ? '~' : '…'));
        var first = left + Math.Min(At(bar.Start), cells - 1);
        var last = Math.Clamp(left + At(bar.End) - 1, first, left + cells - 1);
        line.Fill(first, last, style.IsAscii ? '#' : '█');
        // What the left has no room for, above all what went wrong, stands behind the bar where there is room.
        if (bar.Labels[0].Length > label.Length && bar.Labels[0].StartsWith(label, StringComparison.Ordinal))
        {
            var rest = Visible(bar.Labels[0][label.Length..].TrimStart(' ', '·'));
            if (last + 2 + CellWidth.Of(rest) <= style.Width) line.Put(last + 2, rest);
        }

        Line($"\e[{bar.Color.Terminal.ToString(CultureInfo.InvariantCulture)}m", line.ToString());
    }

    /// <summary>A tick for each step, with its label where the one before it leaves room.</summary>
    private void Axis()
    {
        var (ticks, labels) = (new LadderLine(style.Width), new LadderLine(style.Width));
        ticks.Fill(left, left + cells - 1, style.IsAscii ? '-' : '─');
        var free = 0;
        foreach (var (tick, text) in TimelineTicks.Of(timeline))
        {
            var at = Math.Min(At(tick), cells - 1);
            ticks.Put(left + at, style.IsAscii ? "+" : "┬");
            var label = Visible(text);
            if (at < free || at + label.Length > cells) continue;
            labels.Put(left + at, label);
            free = at + label.Length + 1;
        }

        Line(Soft, ticks.ToString());
        Line(Soft, labels.ToString());
    }

    private int At(Duration sinceZero) => (int)Math.Round((double)sinceZero.Nanoseconds / timeline.Scale.Span.Nanoseconds * cells);

    private string Label(TimelineBar bar, int room) => bar.Labels.FirstOrDefault(l => CellWidth.Of(Visible(l)) <= room, bar.Labels[^1]);

    private string Visible(string text) => style.IsAscii ? LadderSigns.ToAscii(VisibleText.Of(text)) : VisibleText.Of(text);

    private void Line(string colour, string text)
    {
        var trimmed = text.TrimEnd();
        output.Append(style.IsColoured && trimmed.Length > 0 ? $"{colour}{trimmed}\e[0m" : trimmed).Append('\n');
    }

    private const string Strong = "\e[1m";
    private const string Soft = "\e[2m";

    private readonly Timeline timeline;
    private readonly TerminalStyle style;
    private readonly StringBuilder output = new();
    private readonly int numbers;
    private readonly int texts;

    /// <summary>The first cell of the bars.</summary>
    private readonly int left;

    /// <summary>Cells from the axis's zero to its end.</summary>
    private readonly int cells;
}
