using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>EAP methods that carry TLS, in the EAP-Message attributes of RADIUS (RFC 3579, RFC 5216).</summary>
/// <param name="setting">The settings of a session.</param>
internal sealed class RadiusProtocol(TlsSetting setting) : IDatagramFlowProtocol
{
    /// <inheritdoc/>
    public string Name => "radius";

    /// <summary>An Access-Request whose attributes fill it exactly and whose EAP-Message is a whole EAP Response; the port does not matter.</summary>
    public bool Recognises(in Packet packet) => Recognises(packet.Payload);

    /// <inheritdoc/>
    public IDatagramFilter BeginFilter() => new RadiusFilter();

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow) => new EapSession(setting).Read((RecordedUdpFlow)flow);

    /// <summary>The same of a payload.</summary>
    internal static bool Recognises(ReadOnlySpan<byte> payload) => TryResponse(payload, out var eap) && (eap.Type == EapPacket.Identity || eap.CarriesTls);

    /// <summary>True for the first packet of a conversation.</summary>
    internal static bool Begins(ReadOnlySpan<byte> payload) => TryResponse(payload, out var eap) && eap.Type == EapPacket.Identity;

    private static bool TryResponse(ReadOnlySpan<byte> payload, out EapPacket eap)
    {
        eap = default;
        return !payload.IsEmpty && payload[0] == RadiusPacket.AccessRequest && RadiusPacket.TryRead(payload, out var radius)
            && EapPacket.TryRead(radius.Eap, out eap) && eap.Code == EapPacket.Response;
    }
}
