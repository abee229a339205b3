using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The server selected compression of records: the length of what is encrypted then depends on what it repeats (CRIME).</summary>
internal sealed class CompressionEnabled(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { ServerHello: { } step, Facts.ServerHello: { CompressionMethod: not 0, Version.IsTls13: false } hello } tls) return null;
        var method = hello.CompressionMethod switch { 1 => "DEFLATE", 64 => "LZS", var number => $"method {number}" };
        return new Finding(
            "compression-enabled", Severity.Warning, Confidence.Certain, "TLS compression is enabled",
            $"the server selected {method}: lengths of records can reveal cookies and tokens (CRIME)", "Disable TLS compression on the server or the client",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, step), "RFC 9325 section 3.3") { At = step };
    }

    private static readonly string[] Aliases = ["CRIME", "CVE-2012-4929"];
}
