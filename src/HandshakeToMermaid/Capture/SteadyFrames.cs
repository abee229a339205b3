using System.Net;

namespace HandshakeToMermaid.Capture;

/// <summary>
/// The frames of a capture, with one repair: a single frame whose time lies far from the frame before it and from the frame after it,
/// which agree with each other, has a wrong stamp. It gets the time of the frame before it. A clock that jumps and stays there is believed.
/// </summary>
internal sealed class SteadyFrames(ICaptureSource source) : ICaptureSource
{
    private Timestamp last;
    private bool hasLast;
    private Held held;
    private string? nameOfFrame;

    /// <inheritdoc/>
    public string Name => nameOfFrame ?? source.Name;

    /// <inheritdoc/>
    public IReadOnlyList<CaptureDamage> Damages => source.Damages;

    /// <inheritdoc/>
    public (long Read, long? Total) Progress => source.Progress;

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => source.KeyLogs;

    /// <inheritdoc/>
    public bool MayBringKeyLogs => source.MayBringKeyLogs;

    /// <inheritdoc/>
    public IReadOnlyDictionary<IPAddress, string> Names => source.Names;

    /// <inheritdoc/>
    public Timestamp? EndTime => source.EndTime;

    /// <inheritdoc/>
    public bool TryRead(out CapturedFrame frame)
    {
        nameOfFrame = null;
        if (held.IsSet)
        {
            frame = held.Frame;
            held = default;
        }
        else if (!source.TryRead(out frame))
        {
            return false;
        }

        if (!hasLast || !IsFar(frame.Mark.Time, last)) return Accept(frame.Mark.Time);

        frame = Keep(in frame).Frame;
        var name = source.Name;
        if (!source.TryRead(out var next)) return Accept(frame.Mark.Time);
        held = Keep(in next);

        // The source has gone on, perhaps to the next file of several.
        nameOfFrame = name;
        var (time, after) = (frame.Mark.Time, next.Mark.Time);
        if (!IsFar(time, after) || Distance(last, after) >= Distance(time, after)) return Accept(time);
        frame = new CapturedFrame(frame.Mark with { Time = last }, frame.Link, frame.Data, frame.OriginalLength);
        return true;
    }

    /// <summary>Nothing: who opened the source closes it.</summary>
    public void Dispose()
    {
    }

    private bool Accept(Timestamp time)
    {
        (last, hasLast) = (time, true);
        return true;
    }

    private static Held Keep(in CapturedFrame frame) => new(frame.Mark, frame.Link, frame.Data.ToArray(), frame.OriginalLength);

    private static bool IsFar(Timestamp one, Timestamp other) => Distance(one, other) > (ulong)Far.Nanoseconds;

    private static ulong Distance(Timestamp one, Timestamp other) =>
        one > other ? (ulong)one.Nanoseconds - (ulong)other.Nanoseconds : (ulong)other.Nanoseconds - (ulong)one.Nanoseconds;

    /// <summary>Frames of several queues and interfaces are out of order by seconds at most.</summary>
    private static readonly Duration Far = Duration.FromSeconds(60);

    private readonly record struct Held(FrameMark Mark, LinkType Link, byte[] Data, uint OriginalLength)
    {
        public bool IsSet => Mark.IsSet;

        public CapturedFrame Frame => new(Mark, Link, Data, OriginalLength);
    }
}
