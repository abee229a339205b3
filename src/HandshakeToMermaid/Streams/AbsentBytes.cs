using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>What a segment of a recorded stream does not hold.</summary>
/// <param name="Length">Bytes that are not there: of a gap (0 where their number is unknown), or of an omission all that its units carried.</param>
/// <param name="Gap">Why they are missing, where the segment is a gap.</param>
/// <param name="Last">The frame of an omission's last byte.</param>
/// <param name="Units">Units of the protocol that an omission stands for.</param>
internal sealed record AbsentBytes(long Length, GapKind Gap = default, FrameMark Last = default, int Units = 0);
