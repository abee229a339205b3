namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>One thing worth saying about a step.</summary>
/// <param name="Level">The lowest level of detail at which it is drawn.</param>
/// <param name="Name">What it is, the usual term ("SNI", "ALPN"); empty where the text needs none.</param>
/// <param name="Text">The fact. Text from the wire stays as it was: every output escapes for itself.</param>
internal readonly record struct StepFact(Detail Level, string Name, string Text)
{
    /// <summary>True where the text is what a peer wrote for people, in words of its own.</summary>
    public bool IsFreeText { get; init; }
}
