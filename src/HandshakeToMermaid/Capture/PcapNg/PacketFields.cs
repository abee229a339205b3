namespace HandshakeToMermaid.Capture.PcapNg;

/// <summary>What the three kinds of packet block have in common.</summary>
/// <param name="Interface">Number of the interface in its section.</param>
/// <param name="Ticks">Time stamp in the interface's resolution.</param>
/// <param name="CapturedLength">Bytes of the frame that follow.</param>
/// <param name="OriginalLength">Bytes it had on the wire.</param>
/// <param name="DataOffset">Where the bytes begin, counted from the block's first byte.</param>
internal readonly record struct PacketFields(uint Interface, ulong Ticks, uint CapturedLength, uint OriginalLength, int DataOffset);
