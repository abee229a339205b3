using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The cipher suite protects little or nothing.</summary>
internal sealed class WeakCipherSuite(RuleContext witness) : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (witness.Of(connection) is not { } tls || tls.Facts.CipherSuite is not { } suite || Weakness(suite) is not { } weakness) return null;
        return new Finding(
            "weak-cipher-suite", Severity.Warning, Confidence.Certain, "The cipher suite is weak",
            $"from {Wording.Count(tls.Facts.ClientHello?.CipherSuites.Count ?? 0, "suite")} the server selected {suite.Label}: {weakness}",
            "Enable ECDHE with AES-GCM or ChaCha20, disable this suite",
            Aliases, TlsEvidence.FramesOf(tls.ClientHello, tls.ServerHello), "RFC 9325 section 4.1") { At = tls.ServerHello };
    }

    private static string? Weakness(CipherSuite suite)
    {
        if (suite.Mode == CipherMode.Null || suite.Cipher == "NULL") return "no encryption";
        if (suite.KeyExchange is KeyExchangeMethod.DhAnon or KeyExchangeMethod.EcdhAnon) return "no authentication";
        if (suite.IsExport || suite.KeyBits is > 0 and < 112) return "its keys can be brute-forced";
        if (suite.Cipher is not { } cipher) return null;
        if (cipher.StartsWith("RC4", StringComparison.Ordinal)) return "RC4 is broken";
        if (cipher.StartsWith("3DES", StringComparison.Ordinal) || cipher.StartsWith("DES", StringComparison.Ordinal) || cipher.StartsWith("IDEA", StringComparison.Ordinal)) return "its 64-bit blocks are too short";
        return cipher.StartsWith("RC2", StringComparison.Ordinal) ? "RC2 is broken" : null;
    }

    private static readonly string[] Aliases =
        ["ERR_SSL_OBSOLETE_CIPHER", "SSL_ERROR_WEAK_SERVER_EPHEMERAL_DH_KEY", "SWEET32", "RC4 NOMORE", "CVE-2016-2183", "FREAK", "obsolete cipher suite"];
}
