using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>The texts of a CLIENT-MASTER-KEY of SSL 2.0.</summary>
internal sealed class Ssl2ClientMasterKeyWords() : MessageWords<Ssl2ClientMasterKey>("ClientMasterKey", "sends a secret that only the server can open")
{
    /// <inheritdoc/>
    protected override string JsonName(Ssl2ClientMasterKey message) => "client_master_key";

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> Facts(Ssl2ClientMasterKey message, Timestamp seen, Detail detail) =>
        message.CipherSuite is { } suite ? [new(Detail.Brief, "", suite.Label)] : [];
}
