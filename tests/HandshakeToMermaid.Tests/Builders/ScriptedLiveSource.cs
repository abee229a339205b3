using System.Net;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>A recorded capture that happens again: read as a file, or frame by frame with the silence between them.</summary>
internal sealed class ScriptedLiveSource(ICaptureSource file, LivePace pace) : ILiveSource
{
    private FrameMark waiting;
    private LinkType link;
    private uint originalLength;
    private byte[] data = [];
    private Timestamp begun;
    private Timestamp last;

    /// <inheritdoc/>
    public string Name => file.Name;

    /// <inheritdoc/>
    public IReadOnlyList<CaptureDamage> Damages => file.Damages;

    /// <inheritdoc/>
    public (long Read, long? Total) Progress => file.Progress;

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => file.KeyLogs;

    /// <inheritdoc/>
    public bool MayBringKeyLogs => file.MayBringKeyLogs;

    /// <inheritdoc/>
    public IReadOnlyDictionary<IPAddress, string> Names => file.Names;

    /// <inheritdoc/>
    public Timestamp? EndTime => pace.Longer.Nanoseconds > 0 ? last + pace.Longer : file.EndTime;

    /// <inheritdoc/>
    public Timestamp QuietUntil { get; private set; } = new(long.MinValue);

    /// <inheritdoc/>
    public LiveStatistics Statistics => default;

    /// <inheritdoc/>
    public LiveRead Next(out CapturedFrame frame)
    {
        frame = default;
        if (!waiting.IsSet && !Fetch())
        {
            if (last == default || QuietUntil >= last + pace.Longer) return LiveRead.End;
            QuietUntil = Earlier(QuietUntil + Step, last + pace.Longer);
            return LiveRead.Nothing;
        }

        // The moment before the frame comes is quiet too, but never the frame's own.
        if (pace.IsQuietBetween && waiting.Time - QuietUntil > Step)
        {
            QuietUntil = Earlier(QuietUntil + Step, waiting.Time);
            return LiveRead.Nothing;
        }

        Give(out frame);
        return LiveRead.Frame;
    }

    /// <inheritdoc/>
    public bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        if (!Fetch()) return false;
        Give(out frame);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private bool Fetch()
    {
        if (!file.TryRead(out var frame)) return false;
        if (begun == default) begun = frame.Mark.Time;
        var time = pace.TimeOf(frame.Mark, begun);
        (waiting, link, originalLength, data) = (frame.Mark with { Time = time }, frame.Link, frame.OriginalLength, frame.Data.ToArray());
        if (last == default) QuietUntil = time;
        return true;
    }

    private void Give(out CapturedFrame frame)
    {
        frame = new CapturedFrame(waiting, link, data, originalLength);
        if (waiting.Time > last) last = waiting.Time;
        if (waiting.Time > QuietUntil) QuietUntil = waiting.Time;
        waiting = default;
    }

    private static Timestamp Earlier(Timestamp one, Timestamp other) => one < other ? one : other;

    /// <summary>As a real capture hands out what it has.</summary>
    private static readonly Duration Step = Duration.FromMilliseconds(10);
}
