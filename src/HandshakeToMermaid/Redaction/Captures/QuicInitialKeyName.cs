using HandshakeToMermaid.Protocols.Quic;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>What the keys of Initial packets follow from (RFC 9001 section 5.2).</summary>
/// <param name="Version">The version of the packets.</param>
/// <param name="Destination">The client's first connection id for the server, in hexadecimal digits.</param>
/// <param name="IsClient">True for packets of the client.</param>
internal readonly record struct QuicInitialKeyName(QuicVersion Version, string Destination, bool IsClient);
