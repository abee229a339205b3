// RFC 8446 section 4.2.8:
//   struct { NamedGroup group; opaque key_exchange<1..2^16-1>; } KeyShareEntry;
//   struct { KeyShareEntry client_shares<0..2^16-1>; } KeyShareClientHello;
//   struct { NamedGroup selected_group; } KeyShareHelloRetryRequest;
//   struct { KeyShareEntry server_share; } KeyShareServerHello;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>key_share: public keys of a client, the one of a server, or the group that a HelloRetryRequest selects.</summary>
internal sealed class KeyShareExtension : Extension
{
    private KeyShareExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The shares; exactly one from a server.</summary>
    public IReadOnlyList<KeyShareEntry> Shares { get; private init; } = [];

    internal static KeyShareExtension Read(ExtensionType type, ReadOnlyMemory<byte> data, MessagePlace place)
    {
        var reader = new WireReader(data.Span);
        var shares = new List<KeyShareEntry>(2);
        switch (place)
        {
            case MessagePlace.HelloRetryRequest:
                var wanted = reader.U16("selected_group");
                if (!reader.Fault.IsFault) shares.Add(new KeyShareEntry(new NamedGroup(wanted), default));
                break;
            case MessagePlace.ServerHello:
                ReadEntry(ref reader, data, shares);
                break;
            default:
                var box = reader.Enter16("client_shares");
                while (reader.HasMore) ReadEntry(ref reader, data, shares);
                reader.Leave(box);
                break;
        }

        reader.End("key_share");
        return new KeyShareExtension(type, data) { Shares = shares, Fault = reader.Fault };
    }

    private static void ReadEntry(ref WireReader reader, ReadOnlyMemory<byte> data, List<KeyShareEntry> shares)
    {
        var group = new NamedGroup(reader.U16("group"));
        var key = reader.Vector16("key_exchange");
        if (!reader.Fault.IsFault) shares.Add(new KeyShareEntry(group, reader.Keep(data, key)));
    }
}
