using System.Net;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>
/// The frames of an interface, with wrong time stamps repaired: see <see cref="SteadyClock"/>. A doubted frame waits for the next one, or
/// until the source reports that there is none for a while.
/// </summary>
internal sealed class SteadyLiveFrames(ILiveSource source) : ILiveSource
{
    private SteadyClock clock;
    private HeldFrame held;

    /// <inheritdoc/>
    public string Name => source.Name;

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
    public Timestamp QuietUntil => source.QuietUntil;

    /// <inheritdoc/>
    public LiveStatistics Statistics => source.Statistics;

    /// <inheritdoc/>
    public LiveRead Next(out CapturedFrame frame)
    {
        if (held.IsSet)
        {
            frame = held.Frame;
            held = default;
        }
        else if (source.Next(out frame) is not LiveRead.Frame and var read)
        {
            return read;
        }

        if (!clock.Doubts(frame.Mark.Time))
        {
            clock.Accept(frame.Mark.Time);
            return LiveRead.Frame;
        }

        var doubted = HeldFrame.Of(in frame);
        frame = doubted.Frame;

        // The source reports again at the next call that there is none.
        if (source.Next(out var next) != LiveRead.Frame)
        {
            clock.Accept(frame.Mark.Time);
            return LiveRead.Frame;
        }

        held = HeldFrame.Of(in next);
        frame = doubted.At(clock.Settle(doubted.Mark.Time, next.Mark.Time)).Frame;
        return LiveRead.Frame;
    }

    /// <inheritdoc/>
    public bool TryRead(out CapturedFrame frame) => source.TryRead(out frame);

    /// <inheritdoc/>
    public void End(Timestamp until) => source.End(until);

    /// <summary>Does nothing: the source belongs to the caller.</summary>
    public void Dispose()
    {
    }
}
