namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>What happened on a TCP connection besides delivering bytes.</summary>
internal enum TcpEventKind : byte
{
    /// <summary>A SYN.</summary>
    Syn,

    /// <summary>The same SYN again.</summary>
    SynRetransmission,

    /// <summary>A SYN-ACK.</summary>
    SynAck,

    /// <summary>The same SYN-ACK again.</summary>
    SynAckRetransmission,

    /// <summary>The ACK that completes the three-way handshake.</summary>
    Ack,

    /// <summary>Bytes that were sent before; <see cref="TcpEvent.Value"/> is how many.</summary>
    Retransmission,

    /// <summary>Bytes sent before, now with other content: the first ones are used.</summary>
    ConflictingOverlap,

    /// <summary>A keep-alive probe.</summary>
    KeepAlive,

    /// <summary>The receiver closed its window.</summary>
    ZeroWindow,

    /// <summary>Bytes are missing; <see cref="TcpEvent.Value"/> is how many.</summary>
    Gap,

    /// <summary>The sender has no more data.</summary>
    Fin,

    /// <summary>The connection was reset.</summary>
    Rst,

    /// <summary>An ICMP error quoted this connection; see <see cref="TcpEvent.Icmp"/>.</summary>
    Icmp,
}
