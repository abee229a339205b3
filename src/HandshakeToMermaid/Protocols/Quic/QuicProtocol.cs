using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>QUIC (RFC 9000, RFC 9369) over UDP.</summary>
/// <param name="setting">The settings of a session.</param>
/// <param name="http3">Begins HTTP/3 on the streams, given the direction in which the client sends; null to draw them as data.</param>
internal sealed class QuicProtocol(TlsSetting setting, Func<Direction, IMultiplexedSession>? http3 = null) : IDatagramFlowProtocol
{
    /// <inheritdoc/>
    public string Name => "quic";

    /// <summary>
    /// A client's first datagram: a long header with a connection id of eight bytes at least, in 1200 bytes at least (RFC 9000 sections
    /// 7.2 and 14.1); of a version that is known an Initial, or early data of one whose Initial the capture lacks.
    /// </summary>
    public bool Recognises(in Packet packet) => Recognises(packet.Payload, packet.PayloadLength);

    /// <inheritdoc/>
    public IDatagramFilter BeginFilter() => new QuicFilter();

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow) => new QuicSession(setting, http3).Read((RecordedUdpFlow)flow);

    internal static bool Recognises(ReadOnlySpan<byte> payload, int payloadLength)
    {
        var wireLength = Math.Max(payloadLength, payload.Length);
        if (payload.Length < ShortestHeader || (payload[0] & 0xC0) != 0xC0) return false;
        var datagram = wireLength;
        if (!QuicPacket.TryRead(ref payload, ref wireLength, out var first) || first.Version.IsNegotiation) return false;
        if (first.Version.IsKnown) return first.Type == QuicPacketType.Initial && (datagram >= ShortestInitial || first.Source.Length > 0);
        return datagram >= ShortestInitial && first.Destination.Length >= ShortestId && first.Version.Name == "QUIC reserved version";
    }

    private const int ShortestHeader = 15;
    private const int ShortestInitial = 1200;
    private const int ShortestId = 8;
}
