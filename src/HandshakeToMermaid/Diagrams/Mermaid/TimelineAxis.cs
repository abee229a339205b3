using System.Globalization;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagrams.Model;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>
/// How a gantt chart writes times. Its axis knows dates alone, in the viewer's time zone. Lengths of time therefore count from
/// the epoch, in a unit that makes its milliseconds (<c>%Q</c>) or seconds (<c>%s</c>) the numbers to be read, whatever the zone: on an axis
/// of hours a second of the source is an hour. The clock is written without a zone, so that it reads the same in all of them.
/// </summary>
/// <param name="DateFormat">How starts are written.</param>
/// <param name="LabelFormat">How ticks are labelled (d3-time-format).</param>
/// <param name="TickInterval">From tick to tick; versions before 10.3 choose for themselves.</param>
internal sealed record TimelineAxis(string DateFormat, string LabelFormat, string TickInterval)
{
    private readonly Timestamp? zero;

    /// <summary>Nanoseconds to a millisecond of the source.</summary>
    private readonly long scaled = Millisecond;

    private TimelineAxis(string dateFormat, string labelFormat, string tickInterval, Timestamp? zero, long scaled)
        : this(dateFormat, labelFormat, tickInterval) => (this.zero, this.scaled) = (zero, scaled);

    /// <summary>The axis of a timeline.</summary>
    public static TimelineAxis Of(Timeline timeline) => timeline.Zero is { } zero ? Clock(timeline.Scale, zero) : Lengths(timeline.Scale);

    /// <summary>Where a bar starts.</summary>
    public string Start(Duration sinceZero) => zero is { } clock
        ? (clock + sinceZero).ToString()[..ClockLength].Replace('T', ' ')
        : Rounded(sinceZero).ToString(CultureInfo.InvariantCulture);

    /// <summary>How long it is: at least 1.</summary>
    public long Length(Duration length) => Math.Max(1, Rounded(length));

    private static TimelineAxis Lengths(TimelineScale scale)
    {
        // Fractions of a unit are kept where the source has room for them below it: %s counts thousands of its milliseconds.
        var isFine = scale.PerUnit.Nanoseconds > Millisecond || scale.Span.Nanoseconds < MostFine * scale.PerUnit.Nanoseconds && scale.PerUnit.Nanoseconds == Millisecond;
        var unit = isFine ? scale.PerUnit.Nanoseconds / 1000 : scale.PerUnit.Nanoseconds;
        return new TimelineAxis("x", $"{(isFine ? "%s" : "%Q")} {scale.Unit}", $"{scale.Step.Nanoseconds / unit}millisecond", null, unit);
    }

    private static TimelineAxis Clock(TimelineScale scale, Timestamp zero)
    {
        var step = new Duration(Math.Max(Millisecond, scale.Step.Nanoseconds));
        var labels = step.Nanoseconds switch
        {
            < Timestamp.PerSecond => "%M:%S.%L",
            < Minute => "%H:%M:%S",
            _ => scale.Span.Nanoseconds < Day ? "%H:%M" : "%m-%d %H:%M",
        };
        // Beyond a quarter of an hour ticks follow the viewer's clock, which may be off from UTC by halves and quarters of hours.
        var every = step.Nanoseconds switch
        {
            < Hour => $"{step.Nanoseconds / Millisecond}millisecond",
            < Day => $"{step.Nanoseconds / Hour}hour",
            _ => $"{step.Nanoseconds / Day}day",
        };
        return new TimelineAxis("YYYY-MM-DD HH:mm:ss.SSS", labels, every, zero, Millisecond);
    }

    private long Rounded(Duration length) => (long)Math.Round((double)length.Nanoseconds / scaled);

    private const long Millisecond = 1_000_000;
    private const long Minute = 60 * Timestamp.PerSecond;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;

    /// <summary>"2026-11-20 12:00:00.120".</summary>
    private const int ClockLength = 23;

    /// <summary>Up to here an axis of milliseconds shows fractions of them; versions before 10.3 would otherwise count in steps of 15.</summary>
    private const int MostFine = 75;
}
