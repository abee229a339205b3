namespace HandshakeToMermaid.Tests.Builders;

/// <summary>An arrow of a Mermaid source.</summary>
/// <param name="From">The participant it leaves, by its short name: C, S, R.</param>
/// <param name="To">The participant it leads to.</param>
/// <param name="IsCrossed">True where it ends in a cross.</param>
/// <param name="Label">What stands on it, line breaks as blanks.</param>
/// <param name="Milliseconds">The time that stands on it; null where none does.</param>
internal sealed record DrawnArrow(string From, string To, bool IsCrossed, string Label, double? Milliseconds)
{
    /// <inheritdoc/>
    public override string ToString() => $"{From} {(IsCrossed ? "x" : ">")} {To} {Label}";
}
