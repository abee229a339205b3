using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagrams.Model;

namespace HandshakeToMermaid.Diagrams;

/// <summary>The ticks of a timeline's axis: from zero, or on the clock at round times.</summary>
internal static class TimelineTicks
{
    /// <summary>Each tick since the axis's zero, with its label.</summary>
    public static IEnumerable<(Duration At, string Label)> Of(Timeline timeline)
    {
        for (var tick = First(timeline); tick <= timeline.Scale.Span; tick += timeline.Scale.Step)
            yield return (tick, timeline.Zero is { } zero ? Clock(zero + tick, timeline.Scale) : timeline.Scale.Label(tick));
    }

    /// <summary>The axis's zero, or on the clock the first round time behind it.</summary>
    private static Duration First(Timeline timeline)
    {
        if (timeline.Zero is not { } zero) return default;
        var step = timeline.Scale.Step.Nanoseconds;
        var behind = ((zero.Nanoseconds % step) + step) % step;
        return new Duration(behind == 0 ? 0 : step - behind);
    }

    private static string Clock(Timestamp time, TimelineScale scale) => scale.Step.Nanoseconds switch
    {
        < Timestamp.PerSecond / 1000 => time.TimeOfDay[6..15],
        < Timestamp.PerSecond => time.TimeOfDay[3..12],
        < 60 * Timestamp.PerSecond => time.TimeOfDay[..8],
        _ when scale.Span.Nanoseconds < 86_400 * Timestamp.PerSecond => time.TimeOfDay[..5],
        _ => time.ToString()[5..16].Replace('T', ' '),
    };
}
