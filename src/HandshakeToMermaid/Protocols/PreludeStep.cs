namespace HandshakeToMermaid.Protocols;

/// <summary>Something said before TLS on the same connection.</summary>
public sealed class PreludeStep(PreludeWord word) : Step
{
    /// <inheritdoc/>
    public override Phase Phase => Phase.Prelude;

    /// <inheritdoc/>
    public override string Title => word.Title ?? string.Empty;

    /// <summary>What it did to the conversation.</summary>
    public PreludeTurn Turn => word.Turn;

    /// <inheritdoc/>
    public override bool IsDeadEnd => word.Turn == PreludeTurn.Refused;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => word.Facts ?? [];
}
