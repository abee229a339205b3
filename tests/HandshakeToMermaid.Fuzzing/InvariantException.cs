namespace HandshakeToMermaid.Fuzzing;

/// <summary>Something that must hold for every input does not hold for this one.</summary>
/// <param name="invariant">Which: "same answer with more threads".</param>
/// <param name="detail">What was found instead.</param>
internal sealed class InvariantException(string invariant, string detail) : Exception($"{invariant}: {detail}")
{
    /// <summary>Which one.</summary>
    public string Invariant { get; } = invariant;
}
