using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>A certificate of the chain is used for what it does not allow.</summary>
internal sealed class CertificateKeyUsage(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerChain: { } chain } tls) return null;
        var fault = chain.Chain.Faults.FirstOrDefault(f => f.Kind != ChainFaultKind.BadSignature);
        var text = fault?.Text ?? UnfitKey(tls, chain);
        if (text is null) return null;
        // A self-signed certificate is trusted by itself or not at all; its own flags are its own business.
        if (chain.Chain.IsSelfSigned) return null;
        var certificate = fault?.Certificate ?? chain.Leaf;
        var blame = tls.AttributeToServerCertificate(43);
        return new Finding(
            "certificate-key-usage", blame.Severity, blame.Confidence, "A certificate is not valid for this purpose",
            $"{Wording.Name(certificate.SubjectCommonName ?? certificate.Subject)}: {text}",
            "Reissue the certificate for this purpose, from a CA that may issue it",
            Aliases, TlsEvidence.Frames([chain.Step.Last.Frame], blame.Frames), "RFC 5280 section 6.1.4") { At = chain.Step };
    }

    /// <summary>RFC 5246 section 7.4.2: signing needs digitalSignature, RSA key transport keyEncipherment.</summary>
    private static string? UnfitKey(TlsEvidence tls, SentChain chain)
    {
        if (chain.Leaf.KeyUsage is not { } usage || tls.Facts.CipherSuite is not { } suite) return null;
        return suite.KeyExchange switch
        {
            KeyExchangeMethod.Rsa when (usage & KeyUsage.KeyEncipherment) == 0 => "its key usage lacks keyEncipherment, which the cipher suite requires",
            KeyExchangeMethod.Ecdhe or KeyExchangeMethod.Dhe or KeyExchangeMethod.Tls13
                when (usage & KeyUsage.DigitalSignature) == 0 => "its key usage lacks digitalSignature, which the handshake requires",
            _ => null,
        };
    }

    private static readonly string[] Aliases =
    [
        "X509_V_ERR_INVALID_PURPOSE", "unsupported certificate purpose", "X509_V_ERR_INVALID_CA", "X509_V_ERR_PATH_LENGTH_EXCEEDED", "SEC_ERROR_INADEQUATE_KEY_USAGE",
        "SEC_ERROR_INADEQUATE_CERT_TYPE", "ERR_SSL_KEY_USAGE_INCOMPATIBLE", "ERR_CERT_NAME_CONSTRAINT_VIOLATION", "x509: certificate specifies an incompatible key usage",
        "KeyUsage does not allow digital signatures", "X509ChainStatusFlags.NotValidForUsage",
    ];
}
