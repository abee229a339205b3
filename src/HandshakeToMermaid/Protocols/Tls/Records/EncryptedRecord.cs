using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>An encrypted record, stored until its secrets arrive.</summary>
/// <param name="From">Which way it went.</param>
/// <param name="Type">The content type in its header: the true one up to TLS 1.2, application_data in TLS 1.3.</param>
/// <param name="Version">The version in its header.</param>
/// <param name="Ciphertext">Its fragment.</param>
/// <param name="First">The frame of its first byte.</param>
/// <param name="Last">The frame of its last byte.</param>
/// <param name="Order">Its index among all messages and encrypted records of the connection, in capture order.</param>
internal sealed record EncryptedRecord(
    Direction From, ContentType Type, ProtocolVersion Version, ReadOnlyMemory<byte> Ciphertext, FrameMark First, FrameMark Last, int Order);
