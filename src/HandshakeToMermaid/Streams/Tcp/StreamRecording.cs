using System.Numerics;
using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Bytes, gaps and omissions of one stream. Recordings are rented and returned, with their buffers: a capture of short connections would allocate
/// little else. A rented one has a single owner, first the recorder and then the recorded flow.
/// </summary>
internal sealed class StreamRecording : IRecording
{
    private static readonly Stack<StreamRecording> Free = new();

    private readonly List<RecordedSegment> segments = new(16);
    private byte[] forward = [];
    private byte[] reverse = [];
    private int forwardLength;
    private int reverseLength;

    private StreamRecording()
    {
    }

    /// <summary>An empty recording; any thread may ask.</summary>
    public static StreamRecording Rent()
    {
        lock (Free) return Free.TryPop(out var used) ? used : new StreamRecording();
    }

    /// <summary>Takes a recording back, for good; any thread may ask.</summary>
    public static void Return(StreamRecording recording)
    {
        recording.Reset();
        lock (Free)
        {
            if (Free.Count < MaxFree) Free.Push(recording);
        }
    }

    /// <summary>The segments so far.</summary>
    public ReadOnlySpan<RecordedSegment> Segments => CollectionsMarshal.AsSpan(segments);

    /// <summary>Bytes of memory that it takes, by estimate: buffers grow by doubling.</summary>
    public int Room => RoomOf(forwardLength) + RoomOf(reverseLength) + (segments.Count * SegmentRoom);

    /// <summary>True where no more is recorded: bytes in pieces that small are no handshake.</summary>
    public bool IsFull => segments.Count >= MaxSegments;

    /// <summary>Bytes recorded of one direction.</summary>
    public int LengthOf(Direction from) => from == Direction.Forward ? forwardLength : reverseLength;

    /// <summary>The recorded bytes of one direction; valid until more are recorded.</summary>
    public ReadOnlySpan<byte> BytesOf(Direction from) => from == Direction.Forward ? forward.AsSpan(0, forwardLength) : reverse.AsSpan(0, reverseLength);

    /// <summary>The same as memory.</summary>
    public ReadOnlyMemory<byte> MemoryOf(Direction from) => from == Direction.Forward ? forward.AsMemory(0, forwardLength) : reverse.AsMemory(0, reverseLength);

    /// <summary>The first bytes of a direction, up to its first gap; valid until more are recorded.</summary>
    public ReadOnlySpan<byte> StartOf(Direction from, bool mayJoinMidway = false) => BytesOf(from)[..RecordedSegment.LengthOfStart(Segments, from, LengthOf(from), mayJoinMidway)];

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (bytes.IsEmpty || IsFull) return;
        segments.Add(new RecordedSegment(from, SegmentKind.Bytes, Append(from, bytes), bytes.Length, mark));
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        if (!IsFull) segments.Add(new RecordedSegment(from, SegmentKind.Gap, LengthOf(from), 0, gap.Mark, new AbsentBytes(gap.Length, gap.Kind)));
    }

    /// <inheritdoc/>
    public void Omit(Direction from, in StreamOmission omission, ReadOnlySpan<byte> end)
    {
        if (!IsFull) segments.Add(new RecordedSegment(from, SegmentKind.Omission, Append(from, end), end.Length, omission.First, new AbsentBytes(omission.Length, Last: omission.Last, Units: omission.Units)));
    }

    /// <summary>Copies everything from another recording.</summary>
    public void CopyFrom(StreamRecording other)
    {
        segments.AddRange(other.segments);
        Append(Direction.Forward, other.BytesOf(Direction.Forward));
        Append(Direction.Reverse, other.BytesOf(Direction.Reverse));
    }

    private void Reset()
    {
        segments.Clear();
        if (segments.Capacity > LargestReused) segments.Capacity = LargestReused;
        forward = Reusable(forward);
        reverse = Reusable(reverse);
        (forwardLength, reverseLength) = (0, 0);
    }

    /// <summary>A buffer of usual size goes to the next stream with its recording; a large one is returned.</summary>
    private static byte[] Reusable(byte[] buffer)
    {
        if (buffer.Length <= LargestReusedBuffer) return buffer;
        StreamBuffers.Return(buffer);
        return [];
    }

    /// <summary>Appends bytes; returns where they begin.</summary>
    private int Append(Direction from, ReadOnlySpan<byte> bytes)
    {
        ref var buffer = ref from == Direction.Forward ? ref forward : ref reverse;
        ref var length = ref from == Direction.Forward ? ref forwardLength : ref reverseLength;
        if (buffer.Length < length + bytes.Length)
        {
            var larger = StreamBuffers.Rent(Math.Max(length + bytes.Length, Math.Max(FirstRoom, buffer.Length * 2)));
            buffer.AsSpan(0, length).CopyTo(larger);
            if (buffer.Length > 0) StreamBuffers.Return(buffer);
            buffer = larger;
        }

        bytes.CopyTo(buffer.AsSpan(length));
        var start = length;
        length += bytes.Length;
        return start;
    }

    private static int RoomOf(int length) => length == 0 ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, FirstRoom));

    private const int SegmentRoom = 40;

    /// <summary>A ClientHello fits; the server's flight takes one or two doublings.</summary>
    private const int FirstRoom = 1024;

    private const int MaxSegments = 64 * 1024;

    private const int MaxFree = 4096;

    /// <summary>Kept with a recording; larger buffers serve whichever stream needs them, or each recording would end up with two of the largest.</summary>
    private const int LargestReusedBuffer = FirstRoom;

    /// <summary>A longer list is not worth keeping for the next flow.</summary>
    private const int LargestReused = 64;
}
