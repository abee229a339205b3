using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>Durations and sizes in readable units.</summary>
internal static class Quantities
{
    /// <summary>0.24 ms, 23.9 ms, 1.2 s, 2 min 5 s.</summary>
    public static string Text(Duration duration)
    {
        var ms = duration.Milliseconds;
        return Math.Abs(ms) switch
        {
            < 0.095 => $"{ms:0.00} ms",
            < 999.95 => $"{ms:0.0} ms",
            < 59_950 => $"{ms / 1000:0.0} s",
            < 86_400_000 => $"{(long)(ms / 60_000)} min {(long)(ms / 1000) % 60} s",
            _ => $"{ms / 86_400_000:0} days",
        };
    }

    /// <summary>1 round trip, 2 round trips.</summary>
    public static string Count(double count, string one, string many) => count == 1 ? $"1 {one}" : $"{count:0.#} {many}";
}
