using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>Missing bytes of one direction.</summary>
/// <param name="Kind">Why they are missing.</param>
/// <param name="Length">How many bytes; 0 where that is unknown.</param>
/// <param name="Mark">The frame in which the gap was noticed.</param>
internal readonly record struct StreamGap(GapKind Kind, long Length, FrameMark Mark);
