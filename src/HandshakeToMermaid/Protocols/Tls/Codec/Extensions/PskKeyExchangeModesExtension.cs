using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>psk_key_exchange_modes (RFC 8446 section 4.2.9): <c>PskKeyExchangeMode ke_modes&lt;1..255&gt;</c>.</summary>
internal sealed class PskKeyExchangeModesExtension : Extension
{
    private PskKeyExchangeModesExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The modes.</summary>
    public IReadOnlyList<PskKeyExchangeMode> Modes { get; private init; } = [];

    internal static PskKeyExchangeModesExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        var reader = new WireReader(data.Span);
        var modes = reader.Codes8(reader.U8("ke_modes"), "ke_modes", static c => new PskKeyExchangeMode(c));
        reader.End("psk_key_exchange_modes");
        return new PskKeyExchangeModesExtension(type, data) { Modes = modes, Fault = reader.Fault };
    }
}
