using System.Net;

namespace HandshakeToMermaid.Capture;

/// <summary>The frames of a capture file, with wrong time stamps repaired: see <see cref="SteadyClock"/>.</summary>
internal sealed class SteadyFrames(ICaptureSource source) : ICaptureSource
{
    private SteadyClock clock;
    private HeldFrame held;
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

        if (!clock.Doubts(frame.Mark.Time)) return Accept(frame.Mark.Time);

        var doubted = HeldFrame.Of(in frame);
        frame = doubted.Frame;
        var name = source.Name;
        if (!source.TryRead(out var next)) return Accept(frame.Mark.Time);
        held = HeldFrame.Of(in next);

        // The source has gone on, perhaps to the next file of several.
        nameOfFrame = name;
        frame = doubted.At(clock.Settle(doubted.Mark.Time, next.Mark.Time)).Frame;
        return true;
    }

    /// <summary>Does nothing: the source belongs to the caller.</summary>
    public void Dispose()
    {
    }

    private bool Accept(Timestamp time)
    {
        clock.Accept(time);
        return true;
    }
}
