using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>A piece of a segment that waits for the bytes before it.</summary>
/// <param name="Start">Its position in the stream.</param>
/// <param name="End">The position after it on the wire; beyond <paramref name="Bytes"/> where the frame was cut short.</param>
/// <param name="Bytes">What was captured of it.</param>
/// <param name="Mark">Its frame.</param>
internal readonly record struct WaitingSegment(long Start, long End, byte[] Bytes, FrameMark Mark);
