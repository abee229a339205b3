using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>DTLS 1.0, 1.2 and 1.3 over UDP; other protocols may share the flow (RFC 7983), as STUN and SRTP do in WebRTC.</summary>
/// <param name="setting">The settings of a session.</param>
internal sealed class DtlsProtocol(TlsSetting setting) : IDatagramFlowProtocol
{
    /// <inheritdoc/>
    public string Name => "dtls";

    /// <summary>An unencrypted handshake record that begins a message of a handshake's first flights.</summary>
    public bool Recognises(in Packet packet) => Recognises(packet.Payload, packet.PayloadLength);

    /// <inheritdoc/>
    public IDatagramFilter BeginFilter() => new DtlsFilter();

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow) => new DtlsSession(setting).Read((RecordedUdpFlow)flow);

    internal static bool Recognises(ReadOnlySpan<byte> payload, int wireLength)
    {
        if (payload.Length < DtlsRecord.FullHeader + FragmentHeader.Size || payload[0] != DtlsRecord.Handshake || !DtlsRecord.CanBegin(payload)) return false;
        if (!DtlsRecord.TryRead(ref payload, ref wireLength, 0, out var record) || record.Epoch != 0) return false;
        if (!FragmentHeader.TryRead(record.Fragment, out var header) || !header.IsSane) return false;
        return FragmentHeader.Size + header.FragmentLength <= record.Length && header.Sequence < MaxMessages && new HandshakeType(header.Type).IsKnown;
    }

    /// <summary>More messages than any handshake sends in cleartext.</summary>
    private const int MaxMessages = 64;
}
