// RFC 8446 section 4.4.2:
//   struct { opaque cert_data<1..2^24-1>; Extension extensions<0..2^16-1>; } CertificateEntry;
//   struct { opaque certificate_request_context<0..2^8-1>; CertificateEntry certificate_list<0..2^24-1>; } Certificate;
// RFC 5246 section 7.4.2: struct { ASN.1Cert certificate_list<0..2^24-1>; } Certificate;
// Raw public keys (RFC 7250) are not told apart: their bytes are kept as a certificate that cannot be read.
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>A certificate chain, leaf first.</summary>
public sealed class CertificateMessage : HandshakeMessage
{
    private CertificateMessage()
        : base(HandshakeType.Certificate)
    {
    }

    /// <summary>What a TLS 1.3 CertificateRequest gave to send back; empty from a server.</summary>
    public ReadOnlyMemory<byte> RequestContext { get; private init; }

    /// <summary>The certificates, leaf first; empty where a client has none.</summary>
    public IReadOnlyList<CertificateEntry> Entries { get; private init; } = [];

    /// <summary>How the chain was compressed (RFC 8879); null where it was not.</summary>
    public CertificateCompressionAlgorithm? Compression { get; internal init; }

    /// <inheritdoc/>
    public override string Title => "Certificate";

    /// <inheritdoc/>
    public override IEnumerable<StepFact> Facts(Timestamp seen, Detail detail) => Facts(Entries, seen, detail);

    internal static IEnumerable<StepFact> Facts(IReadOnlyList<CertificateEntry> entries, Timestamp seen, Detail detail)
    {
        if (entries.Count == 0)
        {
            yield return new(Detail.Brief, "", "empty");
            yield break;
        }

        var leaf = entries[0].Certificate;
        yield return new(Detail.Normal, "", entries.Count == 1 ? "1 certificate" : $"{entries.Count} certificates");
        if ((leaf.SubjectCommonName ?? leaf.SubjectAlternativeNames.FirstOrDefault()) is { } name)
        {
            yield return new(Detail.Brief, "", leaf.SubjectCommonName is null ? name : $"CN={name}");
        }

        if (Validity(leaf, seen) is { } validity) yield return new(Detail.Brief, "", validity);
        if (detail < Detail.Full) yield break;
        for (var i = 0; i < entries.Count; i++)
        {
            var certificate = entries[i].Certificate;
            yield return new(Detail.Full, $"certificate {i}", certificate.Subject);
            yield return new(Detail.Full, "issuer", certificate.Issuer);
            yield return new(Detail.Full, "valid", $"{certificate.NotBeforeText} to {certificate.NotAfterText}");
            if (certificate.SubjectAlternativeNames.Count > 0) yield return new(Detail.Full, "names", string.Join(' ', certificate.SubjectAlternativeNames));
            yield return new(Detail.Full, "key", certificate.Key);
            yield return new(Detail.Full, "signature", certificate.Signature);
            yield return new(Detail.Full, "SHA-256", certificate.Sha256);
            if (entries[i].Extensions.Find<StatusRequestExtension>() is { OcspResponse.Length: > 0 } staple)
            {
                yield return new(Detail.Full, "OCSP response", ByteCount.Text(staple.OcspResponse.Length));
            }

            if (entries[i].Extensions.Find<SignedCertificateTimestampExtension>() is { Text: { } sent }) yield return new(Detail.Full, "SCT", sent);
            if (certificate.HasSignedCertificateTimestamps) yield return new(Detail.Full, "SCT", "inside the certificate");
        }
    }

    /// <summary>Decodes the body of a Certificate, in the form of the version in <paramref name="context"/>.</summary>
    public static CertificateMessage Read(ReadOnlyMemory<byte> body, MessageContext context)
    {
        var reader = new WireReader(body.Span);
        var modern = context.Version.IsTls13;
        var requestContext = modern ? reader.Keep(body, reader.Vector8("certificate_request_context")) : default;
        var entries = new List<CertificateEntry>(3);
        var extensionFault = default(WireFault);
        var box = reader.Enter24("certificate_list");
        while (reader.HasMore)
        {
            if (entries.Count == context.Limits.CertificatesPerMessage)
            {
                reader.Fail(FaultKind.TooLong, "certificate_list");
                break;
            }

            var der = reader.Vector24("cert_data");
            if (reader.Fault.IsFault) break;
            var bytes = reader.Keep(body, der);
            var certificate = context.Parts?.Certificate(bytes) ?? Certificate.Read(bytes);
            var extensions = modern ? ExtensionList.Read(ref reader, body, MessagePlace.Certificate, context.Parts) : ExtensionList.Empty;
            if (!extensionFault.IsFault) extensionFault = extensions.Fault;
            entries.Add(new CertificateEntry(certificate, extensions));
        }

        reader.Leave(box);
        reader.End("Certificate");
        return new CertificateMessage { RequestContext = requestContext, Entries = entries, Fault = reader.Fault.IsFault ? reader.Fault : extensionFault };
    }

    /// <summary>"29 days left" while it is valid and the end is within a year, else from when to when.</summary>
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
