using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Correlation;

/// <summary>The one order of all steps of a connection.</summary>
internal static class StepOrder
{
    /// <summary>
    /// DNS queries and the steps of all protocols by the time at which they were complete. Steps of one frame stay in the order in which
    /// their protocol reported them, the outer protocol first. A retransmission or a gap belongs to the phase in which it happened.
    /// </summary>
    public static IReadOnlyList<Step> Merge(IReadOnlyList<Step> queries, IReadOnlyList<ProtocolFacts> facts)
    {
        var sequence = new StepSequence(queries.Count + 16);
        sequence.Add(queries);
        for (var i = 0; i < facts.Count; i++) sequence.Add(facts[i].Steps);
        var merged = sequence.ToArray();
        var home = Phase.Tcp;
        foreach (var step in merged)
        {
            if (step.IsRecovery) step.Rehome(home);
            else if (step.Phase.Role is not (PhaseRole.Close or PhaseRole.Resolution)) home = step.Phase;
        }

        return merged;
    }
}
