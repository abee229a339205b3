namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>What a QUIC packet is for (RFC 9000 section 17).</summary>
internal enum QuicPacketType
{
    /// <summary>Hellos, under keys that anybody can work out.</summary>
    Initial,

    /// <summary>Early data.</summary>
    ZeroRtt,

    /// <summary>The rest of the TLS handshake.</summary>
    Handshake,

    /// <summary>The server validates the client's address (RFC 9000 section 8.1.2).</summary>
    Retry,

    /// <summary>The server does not speak the client's version.</summary>
    VersionNegotiation,

    /// <summary>Everything behind the handshake: the short header.</summary>
    OneRtt,
}
