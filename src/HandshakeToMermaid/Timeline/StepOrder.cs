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
        for (var i = 0; i < facts.Count; i++)
        {
            // A protocol tells its steps in the order in which they could be read, also where segments overtook each other.
            long reached = 0;
            var steps = facts[i].Steps;
            for (var j = 0; j < steps.Count; j++) ordered.Add((reached = Math.Max(reached, steps[j].Last.Frame), ordered.Count, steps[j]));
        }

        ordered.Sort(static (a, b) => (a.Frame, a.Index).CompareTo((b.Frame, b.Index)));
        var merged = new Step[lookups.Count + ordered.Count];
        for (var i = 0; i < lookups.Count; i++) merged[i] = lookups[i];
        var home = Phase.Tcp;
        for (var i = 0; i < ordered.Count; i++)
        {
            var step = merged[lookups.Count + i] = ordered[i].Step;
            if (step.IsRecovery) step.Rehome(home);
            else if (step.Phase != Phase.Close) home = step.Phase;
        }

        return merged;
    }
}
