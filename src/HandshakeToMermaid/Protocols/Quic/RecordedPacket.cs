using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>A packet stored for later decryption.</summary>
internal sealed record RecordedPacket(Direction From, QuicPacketType Type, QuicVersion Version, byte[] Destination, byte[] Source, byte[] Bytes, int NumberOffset, bool IsCut, FrameMark Mark)
{
    /// <summary>Where an Initial's token stands in <see cref="Bytes"/>; empty where it has none.</summary>
    public Range Token { get; init; }

    /// <summary>See <see cref="Streams.Udp.RecordedDatagram.Path"/>.</summary>
    public int Path { get; init; }
}
