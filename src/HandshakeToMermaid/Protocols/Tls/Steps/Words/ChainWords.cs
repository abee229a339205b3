using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;

namespace HandshakeToMermaid.Protocols.Tls.Steps.Words;

/// <summary>Describes a certificate chain, whichever message holds it.</summary>
internal static class ChainWords
{
    /// <summary>The facts of a chain, leaf first.</summary>
    /// <param name="entries">The chain; empty where a client has no certificate.</param>
    /// <param name="seen">The time of capture.</param>
    /// <param name="detail">Facts above this level are not made.</param>
    public static IEnumerable<StepFact> Of(IReadOnlyList<CertificateEntry> entries, Timestamp seen, Detail detail)
    {
        if (entries.Count == 0)
        {
            yield return new(Detail.Brief, "", "empty");
            yield break;
        }

        var leaf = entries[0].Certificate;
        yield return new(Detail.Full, "", entries.Count == 1 ? "1 certificate" : $"{entries.Count} certificates");
        if ((leaf.SubjectCommonName ?? leaf.SubjectAlternativeNames.FirstOrDefault()) is { } name)
        {
            yield return new(Detail.Brief, "", leaf.SubjectCommonName is null ? name : $"CN={name}");
        }

        if (entries[0].Extensions.Find<DelegatedCredentialExtension>() is { } delegated) yield return new(Detail.Normal, "", $"delegated credential, {delegated.Scheme.Name}");

        // While it is valid, the note of what is to be checked says for how long.
        if (Validity(leaf, seen) is { } validity) yield return new(leaf.NotBefore <= seen && leaf.NotAfter >= seen ? Detail.Full : Detail.Brief, "", validity);
        if (detail < Detail.Full) yield break;
        for (var i = 0; i < entries.Count; i++)
        {
            foreach (var fact in Whole(entries[i], i)) yield return fact;
        }
    }

    private static IEnumerable<StepFact> Whole(CertificateEntry entry, int position)
    {
        var certificate = entry.Certificate;
        yield return new(Detail.Full, $"certificate {position}", certificate.Subject);
        yield return new(Detail.Full, "issuer", certificate.Issuer);
        yield return new(Detail.Full, "valid", $"{certificate.NotBeforeText} to {certificate.NotAfterText}");
        if (certificate.SubjectAlternativeNames.Count > 0) yield return new(Detail.Full, "names", string.Join(' ', certificate.SubjectAlternativeNames));
        yield return new(Detail.Full, "key", certificate.Key);
        yield return new(Detail.Full, "signature", certificate.Signature);
        yield return new(Detail.Full, "SHA-256", certificate.Sha256);
        if (entry.Extensions.Find<StatusRequestExtension>() is { OcspResponse.Length: > 0 } staple)
        {
            yield return new(Detail.Full, "OCSP response", ByteCount.Text(staple.OcspResponse.Length));
        }

        if (entry.Extensions.Find<SignedCertificateTimestampExtension>() is { TimestampCount: > 0 and var sent }) yield return new(Detail.Full, "SCT", $"{sent} timestamps");
        if (certificate.HasSignedCertificateTimestamps) yield return new(Detail.Full, "SCT", "inside the certificate");
    }

    /// <summary>What the sender of a chain achieves with it, see <see cref="Step.Explanation"/>.</summary>
    public static string ExplanationOf(IReadOnlyList<CertificateEntry> entries) =>
        entries.Count == 0 ? "has no certificate to show" : "shows its name and its public key";

    /// <summary>"29 days left" while it is valid and the end is within a year, else from when to when; null where a date is missing.</summary>
    private static string? Validity(Certificate leaf, Timestamp seen)
    {
        if (leaf.NotBeforeText.Length < DateLength || leaf.NotAfterText.Length < DateLength) return null;
        var period = $"valid {leaf.NotBeforeText[..DateLength]} to {leaf.NotAfterText[..DateLength]}";
        if (leaf.NotBefore is not { } start || leaf.NotAfter is not { } end || seen < start || seen > end) return period;
        var days = (end - seen).Nanoseconds / (86_400 * Timestamp.PerSecond);
        return days > 366 ? period : days == 1 ? "1 day left" : $"{days} days left";
    }

    private const int DateLength = 10;
}
