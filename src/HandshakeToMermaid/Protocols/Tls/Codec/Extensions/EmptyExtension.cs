using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// An extension without content: extended_master_secret (RFC 7627), encrypt_then_mac (RFC 7366),
/// post_handshake_auth (RFC 8446 section 4.2.6).
/// </summary>
internal sealed class EmptyExtension : Extension
{
    private EmptyExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    internal static EmptyExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        reader.End("extension_data");
        return new EmptyExtension(type, data) { Fault = reader.Fault };
    }
}
