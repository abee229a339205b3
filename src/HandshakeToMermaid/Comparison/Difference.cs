using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Comparison;

/// <summary>One thing in which two runs differ.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Place">The step or the phase where it shows: "ClientHello"; "connection" for what no step shows.</param>
/// <param name="Field">What differs: "ALPN"; empty where the step as a whole does.</param>
/// <param name="Good">What the good run says, all values; empty where it says nothing.</param>
/// <param name="Bad">What the bad run says.</param>
internal sealed record Difference(DifferenceKind Kind, string Place, string Field, IReadOnlyList<string> Good, IReadOnlyList<string> Bad)
{
    /// <summary>Where it shows in the good run; null where no step does.</summary>
    public Step? InGood { get; init; }

    /// <summary>Where it shows in the bad run; null where no step does.</summary>
    public Step? InBad { get; init; }

    /// <summary>Who sent that step; null where no step shows it.</summary>
    public Side? From { get; init; }

    /// <summary>What it probably means; null where nothing general can be said.</summary>
    public string? Meaning { get; init; }

    /// <summary>True where it is no reason for anything else: a wait, an outcome, the end of the connection, a repetition that only the good run needed.</summary>
    public bool IsConsequence => Kind is DifferenceKind.Time or DifferenceKind.Outcome
        || (Kind == DifferenceKind.OnlyGood && InGood is { IsRecovery: true }) || (InGood ?? InBad) is { Phase.Role: PhaseRole.Close };
}
