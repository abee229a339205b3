using HandshakeToMermaid.Protocols.Tls.Messages;
using HandshakeToMermaid.Protocols.Tls.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Extensions;

/// <summary>An extension whose inside is not read here: unknown, GREASE, padding, QUIC transport parameters.</summary>
public sealed class OpaqueExtension : Extension
{
    internal OpaqueExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <inheritdoc/>
    public override string? Text => Data.Length == 0 ? null : WireText.Size(Data.Length);
}
