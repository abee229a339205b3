using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>A packet stored for later decryption.</summary>
internal sealed record RecordedPacket(Direction From, QuicPacketType Type, QuicVersion Version, byte[] Destination, byte[] Source, byte[] Bytes, int NumberOffset, bool IsCut, FrameMark Mark);
