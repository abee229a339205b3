namespace HandshakeToMermaid.Streams.Udp;

/// <summary>What becomes of a datagram of a known UDP flow.</summary>
internal enum DatagramChoice
{
    /// <summary>It is recorded, as long as the flow's cap allows.</summary>
    Record,

    /// <summary>It is recorded only where it turns out to be one of the last of its direction.</summary>
    RecordIfLast,

    /// <summary>It is not part of this flow: it begins another one on the same endpoints.</summary>
    BeginsAnother,
}
