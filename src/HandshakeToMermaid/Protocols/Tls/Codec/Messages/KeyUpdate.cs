using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Messages;

/// <summary>KeyUpdate (RFC 8446 section 4.6.3): <c>enum { update_not_requested(0), update_requested(1), (255) } request_update</c>.</summary>
internal sealed class KeyUpdate : HandshakeMessage
{
    private KeyUpdate()
        : base(HandshakeType.KeyUpdate)
    {
    }

    /// <summary>True where the peer must update its keys too.</summary>
    public bool IsUpdateRequested { get; private init; }

    internal static KeyUpdate Read(ReadOnlyMemory<byte> body)
    {
        var reader = new WireReader(body.Span);
        var request = reader.U8("request_update");
        if (request > 1) reader.Fail(FaultKind.BadValue, "request_update");
        reader.End("KeyUpdate");
        return new KeyUpdate { IsUpdateRequested = request == 1, Fault = reader.Fault };
    }
}
