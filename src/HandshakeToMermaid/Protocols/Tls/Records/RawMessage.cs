using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>One handshake message as bytes, and the frames that hold them.</summary>
/// <param name="Type">Its number.</param>
/// <param name="Bytes">All its bytes, with type and length: what the transcript hash covers.</param>
/// <param name="First">The frame of its first byte.</param>
/// <param name="Last">The frame of its last byte.</param>
public readonly record struct RawMessage(HandshakeType Type, ReadOnlyMemory<byte> Bytes, FrameMark First, FrameMark Last)
{
    /// <summary>The bytes behind type and length.</summary>
    public ReadOnlyMemory<byte> Body => Bytes[4..];
}
