using System.Text.RegularExpressions;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Redaction;

/// <summary>Moves all times by the same duration, dates in certificates included, so that what was valid or expired still is.</summary>
internal sealed partial class TimeShift(Duration by)
{
    private readonly Dictionary<string, string> dates = [];

    /// <summary>Moves a first moment to the start of the year 2000.</summary>
    public static TimeShift From(Timestamp first) => new(Start - first);

    public Timestamp Of(Timestamp time) => time + by;

    /// <summary>A date; one that no calendar has stays.</summary>
    public DateTimeOffset Of(DateTimeOffset date)
    {
        var ticks = date.UtcTicks + (by.Nanoseconds / 100);
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? date : new DateTimeOffset(ticks, default);
    }

    public FrameMark Of(FrameMark mark) => mark.IsSet ? mark with { Time = mark.Time + by } : mark;

    /// <summary>The dates and times in a text. A date without a time is that of a time seen before, where there was one.</summary>
    public string Text(string text) => Dates().Replace(text, match =>
    {
        var isMoment = match.Length > DateLength;
        if (!isMoment && dates.TryGetValue(match.Value, out var known)) return known;
        if (!DateTimeOffset.TryParse(match.Value, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)) return match.Value;
        var ticks = time.UtcTicks + (by.Nanoseconds / 100);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks) return match.Value;
        var moved = new DateTime(ticks, DateTimeKind.Utc);
        var date = moved.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (!isMoment) return date;
        dates.TryAdd(match.Value[..DateLength], date);
        var fraction = match.Groups["fraction"];
        return moved.ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)
            + (fraction.Length > 0 ? "." + (ticks % TimeSpan.TicksPerSecond).ToString("D7", System.Globalization.CultureInfo.InvariantCulture)[..Math.Min(7, fraction.Length - 1)] : "") + "Z";
    });

    [GeneratedRegex(@"\b\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(?<fraction>\.\d+)?Z)?\b")]
    private static partial Regex Dates();

    private static readonly Timestamp Start = new(946_684_800L * Timestamp.PerSecond);

    private const int DateLength = 10;
}
