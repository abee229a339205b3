using HandshakeToMermaid.Protocols;

namespace HandshakeToMermaid.Diagnosis;

/// <summary>One thing that a person should know about a connection: what, why, what to do, and by which frames it is shown.</summary>
/// <param name="Code">Stable kebab-case name.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Confidence">How sure it is.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Cause">Why, in one clause.</param>
/// <param name="Fix">What to do, in one clause.</param>
/// <param name="Aliases">How other programs word the same failure, for people who search for it.</param>
/// <param name="Frames">The evidence.</param>
/// <param name="Spec">The clause of the specification that it rests on; null where none does.</param>
public sealed record Finding(
    string Code,
    Severity Severity,
    Confidence Confidence,
    string Title,
    string Cause,
    string Fix,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<long> Frames,
    string? Spec);
