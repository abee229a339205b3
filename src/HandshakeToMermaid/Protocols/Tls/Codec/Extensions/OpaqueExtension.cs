using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>An extension whose inside is not read here: unknown, GREASE, padding, QUIC transport parameters.</summary>
internal sealed class OpaqueExtension : Extension
{
    internal OpaqueExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }
}
