using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>Units of a protocol (TLS records) of one direction that were captured and only counted.</summary>
/// <param name="Units">How many.</param>
/// <param name="Length">Bytes that they carried.</param>
/// <param name="First">The frame of the first byte.</param>
/// <param name="Last">The frame of the last byte.</param>
internal readonly record struct StreamOmission(int Units, long Length, FrameMark First, FrameMark Last);
