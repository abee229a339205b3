using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// client_certificate_type and server_certificate_type (RFC 7250 section 3): a list from a client, one number from a
/// server; 0 is X.509, 2 a raw public key.
/// </summary>
internal sealed class CertificateTypeExtension : Extension
{
    private CertificateTypeExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The types as numbers.</summary>
    public IReadOnlyList<byte> Types { get; private init; } = [];

    internal static CertificateTypeExtension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        var reader = new WireReader(data.Span);
        var count = place == MessagePlace.ClientHello ? reader.U8("certificate_types") : 1;
        var types = reader.Codes8(count, "certificate_types", static c => c);
        reader.End("certificate_type");
        return new CertificateTypeExtension(type, data) { Types = types, Fault = reader.Fault };
    }
}
