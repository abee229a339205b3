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
        var steps = new List<Step>(lookups.Count + 16);
        foreach (var known in facts) steps.AddRange(known.Steps);
        var ordered = steps.Select((step, index) => (step, index)).ToArray();
        Array.Sort(ordered, static (a, b) => (a.step.Last.Frame, a.index).CompareTo((b.step.Last.Frame, b.index)));
        var home = Phase.Tcp;
        foreach (var (step, _) in ordered)
        {
            if (step.IsRecovery) step.Rehome(home);
            else if (step.Phase != Phase.Close) home = step.Phase;
        }
        return [.. lookups, .. ordered.Select(o => o.step)];
    }
}
