using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>The part of a record's fragment that came in one frame.</summary>
/// <param name="End">Where the part ends, in bytes from the fragment's start.</param>
/// <param name="Mark">The frame.</param>
internal readonly record struct RecordPiece(int End, FrameMark Mark);
