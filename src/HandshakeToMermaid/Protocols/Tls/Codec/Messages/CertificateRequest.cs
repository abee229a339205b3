// RFC 8446 section 4.3.2: struct { opaque certificate_request_context<0..2^8-1>; Extension extensions<2..2^16-1>; } CertificateRequest;
// RFC 5246 section 7.4.4: struct { ClientCertificateType certificate_types<1..2^8-1>;
//   SignatureAndHashAlgorithm supported_signature_algorithms<2..2^16-2>; DistinguishedName certificate_authorities<0..2^16-1>; } CertificateRequest;
// Before TLS 1.2 without the signature algorithms.
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>The server requests a certificate from the client.</summary>
internal sealed class CertificateRequest : HandshakeMessage
{
    private CertificateRequest()
        : base(HandshakeType.CertificateRequest)
    {
    }

    /// <summary>What the client must send back, TLS 1.3; not empty after the handshake only.</summary>
    public ReadOnlyMemory<byte> RequestContext { get; private init; }

    /// <summary>The kinds of certificate accepted, up to TLS 1.2.</summary>
    public IReadOnlyList<ClientCertificateType> CertificateTypes { get; private init; } = [];

    /// <summary>The signature schemes accepted; empty before TLS 1.2.</summary>
    public IReadOnlyList<SignatureScheme> SignatureSchemes { get; private init; } = [];

    /// <summary>The authorities accepted, each a DER-encoded DistinguishedName; empty means any.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Authorities { get; private init; } = [];

    /// <summary>The extensions, TLS 1.3.</summary>
    public ExtensionList Extensions { get; private init; } = ExtensionList.Empty;

    internal static CertificateRequest Read(ReadOnlyMemory<byte> body, MessageContext context)
    {
        var reader = new WireReader(body.Span);
        if (context.Version.IsTls13)
        {
            var requestContext = reader.Keep(body, reader.Vector8("certificate_request_context"));
            var extensions = ExtensionList.Read(ref reader, body, MessagePlace.CertificateRequest);
            reader.End("CertificateRequest");
            return new CertificateRequest
            {
                RequestContext = requestContext, Extensions = extensions,
                SignatureSchemes = extensions.Find<SignatureAlgorithmsExtension>(ExtensionType.SignatureAlgorithms)?.Schemes ?? [],
                Authorities = extensions.Find<CertificateAuthoritiesExtension>()?.Authorities ?? [],
                Fault = reader.Fault.IsFault ? reader.Fault : extensions.Fault,
            };
        }

        var types = reader.Codes8(reader.U8("certificate_types"), "certificate_types", static c => new ClientCertificateType(c));
        SignatureScheme[] schemes = context.NamesSignatures
            ? reader.Codes16(reader.U16("supported_signature_algorithms"), "supported_signature_algorithms", static c => new SignatureScheme(c))
            : [];
        var authorities = CertificateAuthoritiesExtension.ReadNames(ref reader, body);
        reader.End("CertificateRequest");
        return new CertificateRequest { CertificateTypes = types, SignatureSchemes = schemes, Authorities = authorities, Fault = reader.Fault };
    }
}
