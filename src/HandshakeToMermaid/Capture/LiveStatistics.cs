namespace HandshakeToMermaid.Capture;

/// <summary>What a live capture counted.</summary>
/// <param name="Seen">Frames that were handed out.</param>
/// <param name="DroppedByKernel">Frames that matched and found no room in the buffer.</param>
/// <param name="DroppedByInterface">Frames that the interface or its driver dropped; not every one counts them.</param>
internal readonly record struct LiveStatistics(long Seen, long DroppedByKernel, long DroppedByInterface);
