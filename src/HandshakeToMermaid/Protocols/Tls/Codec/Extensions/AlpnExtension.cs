using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>
/// application_layer_protocol_negotiation (RFC 7301 section 3.1): <c>ProtocolName protocol_name_list&lt;2..2^16-1&gt;</c>,
/// and application_settings (ALPS, a draft), which a client sends in the same form; a server's settings stay unread.
/// </summary>
internal sealed class AlpnExtension : Extension
{
    private AlpnExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The names, best first; a server names the one it chose.</summary>
    public IReadOnlyList<string> Protocols { get; private init; } = [];

    /// <summary>The first name's bytes; empty where there is none.</summary>
    public ReadOnlyMemory<byte> First { get; private init; }

    internal static Extension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        if (type != ExtensionType.ApplicationLayerProtocolNegotiation && place != MessagePlace.ClientHello) return new OpaqueExtension(type, data);
        var reader = new WireReader(data.Span);
        var names = new List<string>(2);
        ReadOnlyMemory<byte> first = default;
        var box = reader.Enter16("protocol_name_list");
        while (reader.HasMore)
        {
            var name = reader.Vector8("ProtocolName");
            if (reader.Fault.IsFault) break;
            if (names.Count == 0) first = reader.Keep(data, name);
            names.Add(WireText.Decode(name));
        }

        reader.Leave(box);
        reader.End("application_layer_protocol_negotiation");
        return new AlpnExtension(type, data) { Protocols = names, First = first, Fault = reader.Fault };
    }
}
