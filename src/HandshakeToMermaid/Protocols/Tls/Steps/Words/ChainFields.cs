using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>What two certificate chains are compared by, whichever message holds them.</summary>
internal static class ChainFields
{
    /// <summary>The fields of a chain: who is in it, then what decides whether the leaf is accepted, then which certificate it is.</summary>
    /// <param name="entries">The chain; empty where a client has no certificate.</param>
    /// <param name="seen">The time of capture.</param>
    public static IEnumerable<StepField> Of(IReadOnlyList<CertificateEntry> entries, Timestamp seen)
    {
        yield return new("chain", [.. entries.Select(e => e.Certificate.Subject)])
        {
            IsOrdered = true,

            // Only a client may send an empty list (RFC 8446 section 4.4.2.4, RFC 5246 section 7.4.6).
            Meaning = entries.Count == 0 ? "a client without a certificate, or with none from a CA that the server accepts" : "another host or file of certificates, perhaps without an intermediate",
        };
        if (entries.Count == 0) yield break;
        var leaf = entries[0].Certificate;
        yield return new("validity", ValidityOf(leaf, seen)) { IsDetail = true, Meaning = "the certificate was not renewed, or a clock is wrong" };
        yield return new("names", [.. leaf.SubjectAlternativeNames]) { IsDetail = true, Meaning = "the certificate of another site, or an older one" };
        yield return new("issuer", leaf.Issuer) { IsDetail = true, Meaning = "another CA, or a device on the path that replaces certificates" };
        yield return new("key", leaf.Key) { IsDetail = true, Meaning = "another certificate: servers may have one for each kind of key" };
        yield return new("signature", leaf.Signature) { IsDetail = true, Meaning = "another CA, or a certificate of another time" };
        yield return new("OCSP response", entries[0].Extensions.Find<StatusRequestExtension>() is { OcspResponse.Length: > 0 } ? ["stapled"] : []) { IsDetail = true, Meaning = "the server could not fetch a response, or does not staple" };
        yield return new("SHA-256", [.. entries.Select(e => e.Certificate.Sha256)]) { IsDetail = true, IsSummary = true, Meaning = "another certificate of the same kind: renewed, or of another server" };
    }

    private static string ValidityOf(Certificate leaf, Timestamp seen) =>
        leaf.NotAfter is { } end && seen > end ? $"expired on {leaf.NotAfterText}" : leaf.NotBefore is { } start && seen < start ? $"not valid before {leaf.NotBeforeText}" : "valid";
}
