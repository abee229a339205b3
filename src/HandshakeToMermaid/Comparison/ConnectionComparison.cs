using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Comparison;

/// <summary>Two runs of the same handshake, step by step.</summary>
/// <param name="Good">The run that serves as the measure.</param>
/// <param name="Bad">The run in question.</param>
/// <param name="Steps">The steps of both in order, each beside its counterpart.</param>
/// <param name="Differences">Everything in which they differ: the connection as a whole, the steps in order, times, outcomes.</param>
/// <param name="Remarks">What could not be compared, a sentence each.</param>
internal sealed record ConnectionComparison(
    DiagnosedConnection Good, DiagnosedConnection Bad, IReadOnlyList<StepPair> Steps, IReadOnlyList<Difference> Differences, IReadOnlyList<string> Remarks)
{
    /// <summary>True where no difference was found.</summary>
    public bool IsSame => Differences.Count == 0;

    /// <summary>The first difference that can be a reason for the others; the first of all where none can. Null where there is none.</summary>
    public Difference? First => Differences.FirstOrDefault(d => !d.IsConsequence) ?? Differences.FirstOrDefault();
}
