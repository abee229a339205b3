using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Comparison;

/// <summary>A step of the good run beside its counterpart of the bad one.</summary>
/// <param name="Good">The step of the good run; null where it has none.</param>
/// <param name="Bad">The step of the bad run; null where it has none.</param>
/// <param name="Differences">In what they differ; empty where they say the same.</param>
internal sealed record StepPair(Step? Good, Step? Bad, IReadOnlyList<Difference> Differences)
{
    /// <summary>Who sent the step of the good run.</summary>
    public Side GoodSide { get; init; }

    /// <summary>Who sent the step of the bad run.</summary>
    public Side BadSide { get; init; }

    /// <summary>The phase in which it stands.</summary>
    public Phase Phase => (Good ?? Bad!).Phase;
}
