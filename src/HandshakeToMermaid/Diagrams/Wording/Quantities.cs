using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>Durations and sizes in readable units.</summary>
internal static class Quantities
{
    /// <summary>0.24 ms, 23.9 ms, 1.2 s, 2 min 5 s.</summary>
    public static string Text(Duration duration)
    {
        // In whole nanoseconds: text of floating-point numbers takes as long as the rest of a table row.
        var ns = duration.Nanoseconds;
        var size = ns < 0 ? 0 - (ulong)ns : (ulong)ns;
        var sign = ns < 0 ? "-" : "";
        return size switch
        {
            < 95_000 => $"{sign}{Rounded(size, 10_000) / 100}.{Rounded(size, 10_000) % 100:D2} ms",
            < 999_950_000 => $"{sign}{Rounded(size, 100_000) / 10}.{Rounded(size, 100_000) % 10} ms",
            < 59_950_000_000 => $"{sign}{Rounded(size, 100_000_000) / 10}.{Rounded(size, 100_000_000) % 10} s",
            < 86_400_000_000_000 => $"{ns / 60_000_000_000} min {ns / 1_000_000_000 % 60} s",
            _ => $"{duration.Milliseconds / 86_400_000:0} days",
        };
    }

    private static ulong Rounded(ulong nanoseconds, ulong unit) => (nanoseconds + (unit / 2)) / unit;

    /// <summary>1 round trip, 2 round trips.</summary>
    public static string Count(double count, string one, string many) => count == 1 ? $"1 {one}" : $"{count:0.#} {many}";
}
