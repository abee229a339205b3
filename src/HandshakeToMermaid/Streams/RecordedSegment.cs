using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams;

/// <summary>One segment of a recorded stream. Segments of both directions stand in the order in which their bytes could be read.</summary>
/// <param name="From">The direction.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Start">Where its bytes begin among the recorded bytes of its direction.</param>
/// <param name="Length">How many bytes of it were recorded; of an omission the last few.</param>
/// <param name="Mark">The frame; of an omission the one of its first byte.</param>
/// <param name="Absent">What is not there, of a gap or an omission; null for bytes. Apart, because nearly all segments are bytes and a capture has many.</param>
internal readonly record struct RecordedSegment(Direction From, SegmentKind Kind, int Start, int Length, FrameMark Mark, AbsentBytes? Absent = null)
{
    /// <summary>How many of a direction's recorded bytes stand before its first gap or omission.</summary>
    /// <param name="segments">The segments of both directions.</param>
    /// <param name="from">The direction.</param>
    /// <param name="recorded">Its recorded bytes.</param>
    /// <param name="mayJoinMidway">True where a capture that begins within the stream is no gap: the first captured bytes are the start.</param>
    internal static int LengthOfStart(ReadOnlySpan<RecordedSegment> segments, Direction from, int recorded, bool mayJoinMidway = false)
    {
        foreach (ref readonly var segment in segments)
        {
            if (segment.From != from || segment.Kind == SegmentKind.Bytes) continue;
            if (!mayJoinMidway || segment.Start > 0 || segment.Absent?.Gap != GapKind.JoinedMidway) return segment.Start;
        }

        return recorded;
    }
}
