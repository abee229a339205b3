using HandshakeToMermaid.Protocols;

namespace HandshakeToMermaid.Timeline;

/// <summary>The one order of all steps of a connection.</summary>
public static class StepOrder
{
    /// <summary>
    /// Look-ups first, then the steps of all protocols by the frame that completed them. Steps of one frame keep the
    /// order in which their protocol told them, and the outer protocol comes first. A retransmission or a gap belongs to the
    /// band in which it happened.
    /// </summary>
    public static IReadOnlyList<Step> Merge(IReadOnlyList<Step> lookups, IReadOnlyList<ProtocolFacts> facts)
    {
        var ordered = new List<(long Frame, int Index, Step Step)>(16);
        foreach (var known in facts)
        {
            // A protocol tells its steps in the order in which they could be read, also where segments overtook each other.
            long reached = 0;
            foreach (var step in known.Steps) ordered.Add((reached = Math.Max(reached, step.Last.Frame), ordered.Count, step));
        }
        ordered.Sort(static (a, b) => (a.Frame, a.Index).CompareTo((b.Frame, b.Index)));
        var home = Phase.Tcp;
        foreach (var (_, _, step) in ordered)
        {
            if (step.IsRecovery) step.Rehome(home);
            else if (step.Phase != Phase.Close) home = step.Phase;
        }
        return [.. lookups, .. ordered.Select(o => o.Step)];
    }
}
