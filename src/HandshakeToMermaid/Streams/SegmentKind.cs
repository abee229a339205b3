namespace HandshakeToMermaid.Streams;

/// <summary>What a segment of a recorded stream stands for.</summary>
internal enum SegmentKind : byte
{
    /// <summary>Bytes that came in one frame.</summary>
    Bytes,

    /// <summary>Bytes that the capture does not hold.</summary>
    Gap,

    /// <summary>Whole units of the protocol (TLS records) that were captured and only counted.</summary>
    Omission,
}
