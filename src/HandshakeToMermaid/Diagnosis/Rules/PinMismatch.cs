using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>None of the keys that the server showed is one that the user pinned.</summary>
internal sealed class PinMismatch(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Pins.Count == 0 || witness.Of(connection) is not { ServerChain: { } chain }) return null;
        if (chain.Chain.Sent.Any(c => witness.Pins.Any(pin => pin.Matches(c)))) return null;
        return new Finding(
            "pin-mismatch", Severity.Error, Confidence.Certain, "The server's public key does not match the pin",
            $"the server's public key is {CertificatePin.Of(chain.Leaf)}",
            "Pin the new key if the change was planned, otherwise do not connect",
            Aliases, [chain.Step.Last.Frame], "RFC 7469 section 2.6") { At = chain.Step };
    }

    private static readonly string[] Aliases =
    [
        "CURLE_SSL_PINNEDPUBKEYNOTMATCH", "SSL: public key does not match pinned public key", "MOZILLA_PKIX_ERROR_KEY_PINNING_FAILURE",
        "ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN", "SSLPeerUnverifiedException: Certificate pinning failure",
    ];
}
