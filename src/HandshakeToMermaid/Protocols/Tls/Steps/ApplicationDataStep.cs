using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Tls.Steps;

/// <summary>The first encrypted data of one side, or what a client sends before the server answered (0-RTT).</summary>
internal sealed class ApplicationDataStep : Step
{
    /// <summary>Encrypted bytes of the records meant, without record headers.</summary>
    public required int Bytes { get; init; }

    /// <summary>True for early data (RFC 8446 section 4.2.10).</summary>
    public bool IsEarly { get; init; }

    /// <summary>True for early data that the server is known to have refused.</summary>
    public bool IsRefused { get; init; }

    /// <inheritdoc/>
    public override Phase Phase => IsEarly ? Phase.Tls : Phase.Data;

    /// <inheritdoc/>
    public override string Title => IsEarly ? "Early data (0-RTT)" : "Application data";

    /// <inheritdoc/>
    public override string Explanation => IsRefused ? "is ignored: the server did not accept it"
        : IsEarly ? "saves a round trip; may be replayed" : "carries content, readable only with keys";

    /// <inheritdoc/>
    public override bool IsEncrypted => !IsEarly;

    /// <inheritdoc/>
    public override int Length => Bytes;

    /// <inheritdoc/>
    public override IEnumerable<StepField> Fields => IsRefused ? [new StepField("", "rejected")] : [];

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => IsRefused
        ? [new(Detail.Brief, "", ByteCount.Text(Bytes)), new(Detail.Brief, "", "rejected")]
        : [new(Detail.Brief, "", ByteCount.Text(Bytes))];
}
