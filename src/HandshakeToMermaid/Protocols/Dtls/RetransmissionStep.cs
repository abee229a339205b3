using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>A datagram whose handshake messages had all been sent before: DTLS repeats whole flights when no answer comes (RFC 6347 section 4.2.4).</summary>
internal sealed class RetransmissionStep(string what) : Step
{
    private Phase phase = Phase.Tls;

    /// <inheritdoc/>
    public override Phase Phase => phase;

    /// <inheritdoc/>
    public override string Title => "Retransmission";

    /// <inheritdoc/>
    public override string Explanation => "sends again what may have been lost";

    /// <inheritdoc/>
    public override bool IsRecovery => true;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => [new StepFact(Detail.Normal, string.Empty, what)];

    /// <inheritdoc/>
    internal override void Rehome(Phase home) => phase = home;
}
