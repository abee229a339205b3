// RFC 8446 section 4.4.2:
//   struct { opaque cert_data<1..2^24-1>; Extension extensions<0..2^16-1>; } CertificateEntry;
//   struct { opaque certificate_request_context<0..2^8-1>; CertificateEntry certificate_list<0..2^24-1>; } Certificate;
// RFC 5246 section 7.4.2: struct { ASN.1Cert certificate_list<0..2^24-1>; } Certificate;
// Raw public keys (RFC 7250) are not distinguished: their bytes are stored as a certificate that cannot be decoded.
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>A certificate chain, leaf first.</summary>
internal sealed class CertificateMessage : HandshakeMessage
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
            if (entries.Count == context.Limits.CertificatesPerMessage) reader.Fail(FaultKind.TooLong, "certificate_list");
            var der = reader.Vector24("cert_data");
            if (reader.Fault.IsFault) break;
            var bytes = reader.Keep(body, der);
            var certificate = context.Parts?.Certificate(bytes) ?? Certificate.Read(bytes);
            var extensions = modern ? ExtensionList.Read(ref reader, body, MessagePlace.Certificate, context.Parts?.Extensions) : ExtensionList.Empty;
            if (!extensionFault.IsFault) extensionFault = extensions.Fault;
            entries.Add(new CertificateEntry(certificate, extensions));
        }

        reader.Leave(box);
        reader.End("Certificate");
        return new CertificateMessage { RequestContext = requestContext, Entries = entries, Fault = reader.Fault.IsFault ? reader.Fault : extensionFault };
    }
}
