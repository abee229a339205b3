// RFC 9345 section 4:
//   struct { uint32 valid_time; SignatureScheme dc_cert_verify_algorithm; opaque ASN1_subjectPublicKeyInfo<1..2^24-1>; } Credential;
//   struct { Credential cred; SignatureScheme algorithm; opaque signature<1..2^16-1>; } DelegatedCredential;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>delegated_credential beside a certificate: another key, for a short time, with which the CertificateVerify is signed.</summary>
internal sealed class DelegatedCredentialExtension : Extension
{
    private DelegatedCredentialExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>Seconds from the certificate's notBefore until it expires.</summary>
    public uint ValidTime { get; private init; }

    /// <summary>How the CertificateVerify is signed.</summary>
    public SignatureScheme Scheme { get; private init; }

    /// <summary>The key, as SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> Key { get; private init; }

    /// <summary>How the certificate's key signed the credential.</summary>
    public SignatureScheme Algorithm { get; private init; }

    /// <summary>What that signature covers behind the certificate: the credential and the algorithm, as they were sent.</summary>
    public ReadOnlyMemory<byte> Signed { get; private init; }

    /// <summary>The signature of the certificate's key.</summary>
    public ReadOnlyMemory<byte> Signature { get; private init; }

    internal static DelegatedCredentialExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var validTime = reader.U32("valid_time");
        var scheme = new SignatureScheme(reader.U16("dc_cert_verify_algorithm"));
        var key = reader.Keep(data, reader.Vector24("ASN1_subjectPublicKeyInfo"));
        var algorithm = new SignatureScheme(reader.U16("algorithm"));
        var signed = data[..reader.Offset];
        var signature = reader.Keep(data, reader.Vector16("signature"));
        reader.End("delegated_credential");
        return new DelegatedCredentialExtension(type, data)
        {
            ValidTime = validTime, Scheme = scheme, Key = key, Algorithm = algorithm, Signed = signed, Signature = signature, Fault = reader.Fault,
        };
    }
}
