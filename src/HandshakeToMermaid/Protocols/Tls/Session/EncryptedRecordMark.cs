using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>The position and length of an encrypted record: in TLS 1.3 the lengths reveal a good part of the handshake.</summary>
/// <param name="From">Which way it went.</param>
/// <param name="Length">Bytes of its fragment.</param>
/// <param name="First">The frame of its first byte.</param>
/// <param name="Last">The frame of its last byte.</param>
/// <param name="IsAfterServerHello">True where the ServerHello had been seen before it.</param>
internal readonly record struct EncryptedRecordMark(Direction From, int Length, FrameMark First, FrameMark Last, bool IsAfterServerHello);
