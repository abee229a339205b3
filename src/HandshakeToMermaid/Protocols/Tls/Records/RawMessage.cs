using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>One handshake message as bytes, and the frames that hold them.</summary>
/// <param name="Type">Its number.</param>
/// <param name="Bytes">All its bytes, with type and length.</param>
/// <param name="First">The frame of its first byte.</param>
/// <param name="Last">The frame of its last byte.</param>
internal readonly record struct RawMessage(HandshakeType Type, ReadOnlyMemory<byte> Bytes, FrameMark First, FrameMark Last)
{
    /// <summary>What the transcript hash covers where that is not <see cref="Bytes"/>: DTLS up to 1.2 hashes its longer header (RFC 6347 section 4.2.6).</summary>
    public ReadOnlyMemory<byte> Hashed { get; init; } = Bytes;

    /// <summary>The bytes behind type and length.</summary>
    public ReadOnlyMemory<byte> Body => Bytes[4..];
}
