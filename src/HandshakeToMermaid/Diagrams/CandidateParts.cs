namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// What the candidates for one connection's picture have in common, made for the first of them: they differ in what is folded, joined or counted, and nearly
/// all of their texts are the same. For one thread, and for options that differ in nothing else.
/// </summary>
internal sealed class CandidateParts
{
    /// <summary>Where the connection broke; null until the first candidate has found it.</summary>
    public FailurePoint? Failure { get; set; }

    /// <summary>The bands with the arrows that were drawn in them; null until the first candidate has them.</summary>
    public List<BandStretch>? Stretches { get; set; }

    /// <summary>The columns where no step with a helper's or a router's column is folded; null until a candidate has them.</summary>
    public Columns? AllColumns { get; set; }

    /// <summary>What is said of the whole, first and last; null until the first candidate has it.</summary>
    public (IReadOnlyList<string> Opening, IReadOnlyList<string> Closing)? Verdict { get; set; }

    /// <summary>The title and the description for screen readers; null until the first candidate has them.</summary>
    public (string Title, string Description)? Headline { get; set; }
}
