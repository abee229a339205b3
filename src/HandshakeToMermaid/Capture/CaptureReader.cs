using System.Net;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Capture;

/// <summary>One capture, a file or a pipe, of either format: what the readers of both share.</summary>
internal abstract class CaptureReader : ICaptureSource
{
    private readonly CaptureOrigin origin;
    private readonly CaptureNotes notes;
    private long number;
    private bool stopped;
    private bool grumbled;

    protected CaptureReader(ReadBuffer buffer, CaptureOrigin origin, AnalyzerLimits limits, CaptureNotes notes)
    {
        this.origin = origin;
        this.notes = notes;
        Bytes = buffer;
        FrameBytes = Math.Clamp(limits.FrameBytes, 0, LargestFrame);
    }

    public string Name => origin.Name;

    public IReadOnlyList<CaptureDamage> Damages => notes.Damages;

    public (long Read, long? Total) Progress => (origin.Raw.BytesRead, origin.Total);

    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => notes.KeyLogs;

    public IReadOnlyDictionary<IPAddress, string> Names => notes.Names;

    public Timestamp? EndTime => notes.EndTime;

    public bool MayBringKeyLogs => CanHoldKeyLogs && !notes.HasAllKeyLogs;

    /// <summary>True for a format that has a place for key logs.</summary>
    public abstract bool CanHoldKeyLogs { get; }

    /// <summary>When the frame that was advanced to was captured, in nanoseconds since 1970.</summary>
    public long Time { get; protected set; }

    protected ReadBuffer Bytes { get; }

    protected int FrameBytes { get; }

    protected CaptureNotes Notes => notes;

    protected LinkType Link { get; set; }

    protected int DataStart { get; set; }

    protected int DataLength { get; set; }

    protected uint OriginalLength { get; set; }

    public abstract bool TryRead(out CapturedFrame frame);

    /// <summary>Steps to the next frame without giving it out, so that a set can compare the times of several captures. False at the end.</summary>
    public abstract bool Advance();

    /// <summary>True once there is no further frame.</summary>
    public bool IsAtEnd => stopped;

    /// <summary>Gives out the frame that was advanced to, as number <paramref name="frame"/> of all that is read.</summary>
    public CapturedFrame Take(long frame)
    {
        number = frame;
        return new CapturedFrame(new FrameMark(frame, new Timestamp(Time)), Link, Bytes.Slice(DataStart, DataLength), OriginalLength);
    }

    public void Dispose() => Bytes.Dispose();

    /// <summary>The number that the next frame has where this capture is read alone.</summary>
    protected long NextNumber => number + 1;

    /// <summary>Ends reading where bytes are missing: rightly between two records, else as a damage.</summary>
    protected bool StopShort(string inside)
    {
        if (stopped) return false;
        if (Bytes.Fault is { } fault) return Stop(Bytes.Position, fault);
        if (Bytes.Available > 0) return Stop(Bytes.Position, $"the capture ends inside {inside}");
        stopped = true;
        return false;
    }

    /// <summary>Ends reading for a reason. Always false.</summary>
    protected bool Stop(long offset, string what)
    {
        if (!stopped && !Bytes.IsInterrupted) notes.Add(new CaptureDamage(Name, offset, number, what));
        stopped = true;
        Bytes.Abandon();
        return false;
    }

    /// <summary>Ends reading because bytes of a record are missing whose start was at <paramref name="offset"/>. Always false.</summary>
    protected bool StopCutOff(long offset, string inside) => Stop(offset, Bytes.Fault ?? $"the capture ends inside {inside}");

    /// <summary>Notes that something beside the frames was left out; the frames go on. Said once for each capture.</summary>
    protected void LeaveOut(long offset, string what)
    {
        if (!grumbled) notes.Add(new CaptureDamage(Name, offset, number, what));
        grumbled = true;
    }

    // Whatever the limits say, lengths and offsets inside the buffer stay far from the end of 32 bits.
    private const int LargestFrame = 1 << 30;
}
