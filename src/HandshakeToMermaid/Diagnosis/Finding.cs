using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>One thing that a person should know about a connection: what, why, what to do, and by which frames it is shown.</summary>
/// <param name="Code">Stable kebab-case name.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Cause">Why, in one clause.</param>
/// <param name="Fix">What to do, in one clause.</param>
/// <param name="Aliases">How other programs word the same failure, for searches.</param>
/// <param name="Frames">The evidence, in the order of the capture.</param>
/// <param name="Spec">The clause of the specification that it rests on; null where none does.</param>
internal sealed record Finding(
    string Code,
    Severity Severity,
    Confidence Confidence,
    string Title,
    string Cause,
    string Fix,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<long> Frames,
    string? Spec)
{
    /// <summary>The step that it concerns: the note is drawn there. Null where no step shows it.</summary>
    public Step? At { get; init; }

    /// <summary>True where it explains an early end as harmless: a health check that opens and closes.</summary>
    public bool ExcusesEnd { get; init; }

    /// <summary>The code of the finding of the same connection that explains this one; null for one that stands for itself.</summary>
    public string? FollowsFrom { get; init; }
}
