using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Records the bytes of an open stream: everything up to a cap for each direction, then what a filter chooses, which the protocol that is
/// recognised in the recording so far provides. Without a filter the recording ends at the cap.
/// </summary>
internal sealed class StreamRecorder : IStreamReader
{
    private StreamRecording recording = null!;
    private ITcpFlowListener? listener;
    private TcpFlow? flow;
    private IRecordingFilter? filter;
    private IStreamReader? tap;
    private int cap;
    private bool isAsked;
    private int unfilteredSegments;

    /// <summary>What was recorded so far.</summary>
    public StreamRecording Recording => recording;

    /// <summary>Bytes of memory that the recording, the filter and a reader that takes the bytes as they come hold, by estimate.</summary>
    public int Room => recording.Room + (filter?.HeldBytes ?? 0) + (tap?.HeldBytes ?? 0);

    /// <summary>Begins with another stream.</summary>
    /// <param name="opened">The flow.</param>
    /// <param name="recordedBytes">Bytes of each direction that are recorded without a filter.</param>
    /// <param name="provider">Provides the filter once there are more; null for none.</param>
    public void Begin(TcpFlow opened, int recordedBytes, ITcpFlowListener? provider)
    {
        (flow, cap, listener, tap) = (opened, recordedBytes, provider, opened.Reader);
        recording = StreamRecording.Rent();
    }

    /// <summary>The stream is over: hands over everything that was recorded of it, and forgets it.</summary>
    public StreamRecording Take()
    {
        var taken = recording;
        filter?.WriteEnd(taken);
        (flow, listener, filter, tap, cap, isAsked, unfilteredSegments) = (null, null, null, null, 0, false, 0);
        recording = null!;
        return taken;
    }

    /// <summary>Everything recorded by now, in a recording of its own.</summary>
    public StreamRecording Copy()
    {
        var copy = StreamRecording.Rent();
        copy.CopyFrom(recording);
        filter?.WriteEnd(copy);
        return copy;
    }

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (tap is not null && !tap.IsSatisfied(from)) tap.Bytes(from, bytes, mark);
        if (filter is null)
        {
            // Up to the cap exactly: how the stream was cut into segments makes no difference.
            var fitting = recording.Segments.Length < MaxSegments ? Math.Clamp(cap - recording.LengthOf(from), 0, bytes.Length) : 0;
            recording.Bytes(from, bytes[..fitting], mark);
            if (fitting == bytes.Length || isAsked) return;
            bytes = bytes[fitting..];
            (isAsked, unfilteredSegments) = (true, recording.Segments.Length);
            filter = listener?.FilterFor(flow!);
        }

        if (filter is not null && !filter.IsComplete(from)) filter.Bytes(from, bytes, mark, recording);
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        if (tap is not null && !tap.IsSatisfied(from)) tap.Gap(from, gap);
        if (filter is null)
        {
            if (recording.Segments.Length < MaxSegments) recording.Gap(from, gap);
        }
        else if (!filter.IsComplete(from)) filter.Gap(from, gap, recording);
    }

    /// <summary>True where bytes differ from those recorded at the same positions, as far as these were recorded before a filter chose.</summary>
    /// <param name="from">The direction.</param>
    /// <param name="position">Position of the first byte in its direction, from 0.</param>
    /// <param name="bytes">The bytes.</param>
    public bool Differs(Direction from, long position, ReadOnlySpan<byte> bytes)
    {
        long at = 0;
        var recorded = recording.BytesOf(from);
        foreach (ref readonly var segment in isAsked ? recording.Segments[..unfilteredSegments] : recording.Segments)
        {
            if (segment.From != from) continue;
            var length = segment.Absent?.Length ?? segment.Length;
            var (start, end) = (Math.Max(position, at), Math.Min(position + bytes.Length, at + length));
            if (segment.Absent is null && start < end)
            {
                var known = recorded.Slice(segment.Start + (int)(start - at), (int)(end - start));
                if (!known.SequenceEqual(bytes.Slice((int)(start - position), known.Length))) return true;
            }

            at += length;
            if (at >= position + bytes.Length) return false;
        }

        return false;
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from)
    {
        var isRecorded = filter is null ? isAsked && (recording.LengthOf(from) >= cap || recording.Segments.Length >= MaxSegments) : filter.IsComplete(from);
        return isRecorded && (tap is null || tap.IsSatisfied(from));
    }

    /// <summary>Segments without a filter: a stream in such small pieces, or so full of gaps, is filtered sooner.</summary>
    private const int MaxSegments = 1024;
}
