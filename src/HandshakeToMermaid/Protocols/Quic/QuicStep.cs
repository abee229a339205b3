using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>A QUIC event outside its TLS handshake: a Retry, a Version Negotiation, the close.</summary>
/// <param name="title">Its name in RFC 9000.</param>
/// <param name="explanation">What its sender achieves with it.</param>
/// <param name="facts">Its details.</param>
/// <param name="level">The least detail at which it is drawn.</param>
/// <param name="phase">Its band; null for that of the TLS handshake.</param>
internal sealed class QuicStep(string title, string explanation, IReadOnlyList<StepFact> facts, Detail level = Detail.Brief, Phase? phase = null) : Step
{
    /// <inheritdoc/>
    public override Phase Phase => phase ?? Phase.Tls;

    /// <inheritdoc/>
    public override string Title => title;

    /// <inheritdoc/>
    public override string Explanation => explanation;

    /// <inheritdoc/>
    public override Detail Level => level;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => facts;
}
