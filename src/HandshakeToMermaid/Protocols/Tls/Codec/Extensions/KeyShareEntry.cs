using HandshakeToMermaid.Protocols.Tls.Codec.Registries;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>One public key of a key_share (RFC 8446 section 4.2.8).</summary>
/// <param name="Group">The group.</param>
/// <param name="KeyExchange">The key's bytes; empty in a HelloRetryRequest.</param>
internal readonly record struct KeyShareEntry(NamedGroup Group, ReadOnlyMemory<byte> KeyExchange);
