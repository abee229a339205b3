using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>The capture's clock in words.</summary>
internal static class ClockText
{
    /// <summary>"2026-11-20 UTC", or "2026-11-20 to 2026-11-21 UTC" where midnight lies between.</summary>
    public static string Dates(Timestamp first, Timestamp last)
    {
        var (from, until) = (Date(first), Date(last));
        return from == until ? $"{from} UTC" : $"{from} to {until} UTC";
    }

    /// <summary>"12:00:00.120": milliseconds are enough to tell connections apart.</summary>
    public static string Clock(Timestamp time) => time.TimeOfDay[..12];

    private static string Date(Timestamp time) => time.ToString()[..10];
}
