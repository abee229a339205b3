using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>CertificateVerify (RFC 8446 section 4.4.3): <c>SignatureScheme algorithm; opaque signature&lt;0..2^16-1&gt;</c>; before TLS 1.2 without the first.</summary>
internal sealed class CertificateVerify : HandshakeMessage
{
    private CertificateVerify()
        : base(HandshakeType.CertificateVerify)
    {
    }

    /// <summary>How it is signed; null before TLS 1.2.</summary>
    public SignatureScheme? Scheme { get; private init; }

    /// <summary>The signature.</summary>
    public ReadOnlyMemory<byte> Signature { get; private init; }

    internal static CertificateVerify Read(ReadOnlyMemory<byte> body, MessageContext context)
    {
        var reader = new WireReader(body.Span);
        SignatureScheme? scheme = null;
        if (context.NamesSignatures)
        {
            var code = reader.U16("algorithm");
            if (!reader.Fault.IsFault) scheme = new SignatureScheme(code);
        }

        var signature = reader.Keep(body, reader.Vector16("signature"));
        reader.End("CertificateVerify");
        return new CertificateVerify { Scheme = scheme, Signature = signature, Fault = reader.Fault };
    }
}
