using System.Globalization;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>Names and lengths of time in the clauses of findings, short enough for a note.</summary>
internal static class Wording
{
    /// <summary>A name of the wire, shortened in the middle.</summary>
    public static string Name(string name) => name.Length <= MaxName ? name : $"{name[..(MaxName / 2 - 2)]}...{name[^(MaxName / 2 - 1)..]}";

    /// <summary>The first few of a list, and how many more there are.</summary>
    public static string Few(IReadOnlyList<string> names, int most = 3) =>
        names.Count == 0 ? "none" : string.Join(", ", names.Take(most).Select(Name)) + (names.Count > most ? $" and {names.Count - most} more" : "");

    /// <summary>"10 days", "3 hours", "1 minute": durations between dates.</summary>
    public static string Age(Duration duration)
    {
        var seconds = Math.Abs(duration.Nanoseconds) / Timestamp.PerSecond;
        return seconds switch
        {
            >= 2 * Year => Count(seconds / Year, "year"),
            >= Day => Count(seconds / Day, "day"),
            >= 3600 => Count(seconds / 3600, "hour"),
            >= 60 => Count(seconds / 60, "minute"),
            _ => Count(seconds, "second"),
        };
    }

    /// <summary>"761 ms", "1.2 s": waiting times.</summary>
    public static string Wait(Duration duration) => duration.Milliseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.Milliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.Milliseconds / 1000:0.0} s");

    /// <summary>"1 day", "2 days"; <paramref name="many"/> where the plural takes more than an "s".</summary>
    public static string Count(long number, string one, string? many = null) => number == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{number} {many ?? one + "s"}");

    /// <summary>The day of a timestamp text.</summary>
    public static string Date(string text) => text.Length >= 10 ? text[..10] : text;

    private const int MaxName = 40;
    private const long Day = 86_400;
    private const long Year = 365 * Day;
}
