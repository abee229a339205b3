namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>One connection of a diagram.</summary>
/// <param name="Heading">Which connection this is; null where the diagram has only one.</param>
/// <param name="Opening">What broke, or what should not be so, before everything else: a band without items whose header is the verdict. Null where neither is known.</param>
/// <param name="Bands">Its phases from top to bottom.</param>
/// <param name="Closing">How it turned out, and what its time went into: a band of the same kind. Null where the opening has said it, and in an overview.</param>
internal sealed record DiagramPart(Note? Heading, Band? Opening, IReadOnlyList<Band> Bands, Band? Closing)
{
    /// <summary>Opening, phases and closing.</summary>
    public IEnumerable<Band> AllBands => [.. Opening is null ? [] : (Band[])[Opening], .. Bands, .. Closing is null ? [] : (Band[])[Closing]];
}
