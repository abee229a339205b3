using System.Globalization;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Steps;

/// <summary>DTLS 1.3's acknowledgment of records (RFC 9147 section 7).</summary>
internal sealed class AckStep : Step
{
    /// <summary>How many records it names.</summary>
    public required int Records { get; init; }

    /// <inheritdoc/>
    public override Phase Phase => Phase.Tls;

    /// <inheritdoc/>
    public override string Title => "ACK";

    /// <inheritdoc/>
    public override string Explanation => "names the records that arrived";

    /// <inheritdoc/>
    public override Detail Level => Detail.Full;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) =>
        [new StepFact(Detail.Full, string.Empty, Provenance == Provenance.Inferred ? "probably" : ""), new StepFact(Detail.Full, string.Empty, Records == 1 ? "1 record" : string.Create(CultureInfo.InvariantCulture, $"{Records} records"))];
}
