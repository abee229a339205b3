using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>The axis of a timeline: a unit that fits its span, and labels that differ from tick to tick.</summary>
/// <param name="Span">From its zero to its end; never zero.</param>
/// <param name="Unit">What its labels are in: "ms".</param>
/// <param name="PerUnit">The length of one unit.</param>
/// <param name="Step">From tick to tick: a whole number of units.</param>
internal sealed record TimelineScale(Duration Span, string Unit, Duration PerUnit, Duration Step)
{
    /// <summary>The scale of a span; a span of nothing counts as a microsecond.</summary>
    public static TimelineScale Of(Duration span)
    {
        span = new Duration(Math.Max(span.Nanoseconds, Units[0].Length));
        var (unit, length, steps) = Units[0];
        foreach (var candidate in Units)
        {
            if (span.Nanoseconds >= candidate.Length * FewestUnits) (unit, length, steps) = candidate;
        }

        var step = steps.FirstOrDefault(s => s * length * MaxTicks >= span.Nanoseconds, steps[^1]);
        while (step * length * MaxTicks < span.Nanoseconds) step *= 2;
        return new TimelineScale(span, unit, new Duration(length), new Duration(step * length));
    }

    /// <summary>A tick's label: "20 ms".</summary>
    public string Label(Duration tick) => $"{tick.Nanoseconds / PerUnit.Nanoseconds} {Unit}";

    /// <summary>Units by length in nanoseconds, each with the steps that people count it in.</summary>
    private static readonly (string Unit, long Length, long[] Steps)[] Units =
    [
        ("µs", 1_000, Decimal),
        ("ms", 1_000_000, Decimal),
        ("s", Timestamp.PerSecond, [1, 2, 5, 10, 15, 30, 60, 120]),
        ("min", 60 * Timestamp.PerSecond, [1, 2, 5, 10, 15, 30, 60, 120]),
        ("h", 3600 * Timestamp.PerSecond, [1, 2, 3, 6, 12, 24, 48]),
        ("d", 86_400 * Timestamp.PerSecond, [1, 2, 7, 14]),
    ];

    private static long[] Decimal => [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

    /// <summary>A span of fewer units is counted in the next smaller one.</summary>
    private const int FewestUnits = 10;

    /// <summary>More labels would touch each other in a column of 700 pixels.</summary>
    private const int MaxTicks = 8;
}
