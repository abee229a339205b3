namespace HandshakeToMermaid.Streams.Udp;

/// <summary>How sure it is that a datagram is of a flow, where several flows have the same endpoints.</summary>
internal enum DatagramMatch
{
    /// <summary>It is of another one.</summary>
    No,

    /// <summary>It is of this one, if no other is certain.</summary>
    Likely,

    /// <summary>It is of this one.</summary>
    Certain,
}
