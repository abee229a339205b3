namespace HandshakeToMermaid;

/// <summary>
/// How long the phases of a handshake took, by the clock of the capture. Resolution: 100 nanoseconds. The completed phases and
/// <see cref="Waits"/> add up to <see cref="Total"/>.
/// </summary>
public sealed class HandshakeTiming
{
    internal HandshakeTiming()
    {
    }

    /// <summary>From the first DNS query to the last response before the connection; null where none was captured.</summary>
    public required TimeSpan? Dns { get; init; }

    /// <summary>From the SYN to the ACK that completed TCP's handshake; null where it was not completed, and over UDP.</summary>
    public required TimeSpan? Tcp { get; init; }

    /// <summary>From the ClientHello to the message that completed the TLS handshake; null where it was not completed.</summary>
    public required TimeSpan? Tls { get; init; }

    /// <summary>From the first DNS query or SYN to the end of the handshake or to its failure; null where neither was captured.</summary>
    public required TimeSpan? Total { get; init; }

    /// <summary>The round-trip time of the network between the ends, measured on TCP's handshake; null where it cannot be measured.</summary>
    public required TimeSpan? RoundTrip { get; init; }

    /// <summary>What the server's first answer took beyond the round trip; null where it cannot be measured.</summary>
    public required TimeSpan? ServerThinkTime { get; init; }

    /// <summary>What the client's answer to the server's messages took beyond the round trip; null where it cannot be measured.</summary>
    public required TimeSpan? ClientThinkTime { get; init; }

    /// <summary>The time outside of completed phases, in the order of the capture.</summary>
    public required IReadOnlyList<HandshakeWait> Waits { get; init; }
}
