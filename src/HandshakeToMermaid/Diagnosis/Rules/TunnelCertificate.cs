using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Upgrade;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>
/// The server's certificate in the handshake inside a tunnel that was opened inside TLS, judged by the rules for any certificate. The fault that weighs most is
/// reported, under the code of its rule with "tunnel-" in front: the certificate of the proxy is another one.
/// </summary>
internal sealed class TunnelCertificate : IRule
{
    private readonly RuleContext inside;
    private readonly IRule[] rules;

    /// <summary>Makes the rules for the handshake inside.</summary>
    public TunnelCertificate(RuleContext witness)
    {
        inside = witness.InTunnel();

        // In the order in which their faults weigh, as in the catalog.
        rules =
        [
            new CertificateRevoked(inside), new SignatureInvalid(inside), new CertificateExpired(inside), new CertificateNotYetValid(inside), new CertificateSelfSigned(inside),
            new CertificateMissingIntermediate(inside), new CertificateNameMismatch(inside), new CertificateWeakKey(inside), new CertificateWeakSignature(inside),
            new CertificateKeyUsage(inside), new CertificateUnknownAuthority(inside), new CertificateWrongOrder(inside),
        ];
    }

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        // Without the certificate the alert alone is known, which is another finding.
        if (connection.FactsOf<InnerFacts>() is not { Tls: not null } inner || inside.Of(connection) is not { ServerChain: not null }) return null;
        Finding? worst = null;
        foreach (var rule in rules)
        {
            if (rule.Examine(connection) is { } found && (worst is null || Weight(found).CompareTo(Weight(worst)) < 0)) worst = found;
        }

        if (worst is null) return null;
        return new Finding(
            $"tunnel-{worst.Code}", worst.Severity, worst.Confidence, TitleOf(worst), worst.Cause, worst.Fix, worst.Aliases, worst.Frames,
            worst.Spec) { At = inner.StepOf(worst.At) };
    }

    /// <summary>The title says where the certificate is; the longest one is shortened for it.</summary>
    private static string TitleOf(Finding finding)
    {
        var title = finding.Title.Length <= LongestTitle ? finding.Title : "An issuer is missing or not trusted";
        return $"In the tunnel: {char.ToLowerInvariant(title[0])}{title[1..]}";
    }

    private static (Severity, Confidence) Weight(Finding finding) => (finding.Severity, finding.Confidence);

    /// <summary>A title with its place has at most 60 characters.</summary>
    private const int LongestTitle = 45;
}
