using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>One segment of a recorded stream. Segments of both directions stand in the order in which their bytes could be read.</summary>
/// <param name="From">The direction.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Start">Where its bytes begin among the recorded bytes of its direction.</param>
/// <param name="Length">How many bytes of it were recorded; of an omission the last few.</param>
/// <param name="Mark">The frame; of an omission the one of its first byte.</param>
/// <param name="Last">The frame of an omission's last byte.</param>
/// <param name="Gap">Why bytes are missing, where the kind is a gap.</param>
/// <param name="Missing">Bytes that are not there: of a gap (0 where their number is unknown), or of an omission all that its units carried.</param>
/// <param name="Units">Units of the protocol that an omission stands for.</param>
internal readonly record struct RecordedSegment(
    Direction From, SegmentKind Kind, int Start, int Length, FrameMark Mark, FrameMark Last = default, GapKind Gap = default, long Missing = 0, int Units = 0)
{
    /// <summary>How many of a direction's recorded bytes stand before its first gap or omission.</summary>
    internal static int LengthOfStart(ReadOnlySpan<RecordedSegment> segments, Direction from, int recorded)
    {
        foreach (ref readonly var segment in segments)
        {
            if (segment.From == from && segment.Kind != SegmentKind.Bytes) return segment.Start;
        }

        return recorded;
    }
}
