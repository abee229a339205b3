using System.Net;
using HandshakeToMermaid.Capture.PcapNg;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>
/// A live source with the secrets of growing key logs beside its frames, and a copy of both in a pcapng file where that is wanted:
/// everything that was analysed, in the same order, so that analysing the file gives the same result.
/// </summary>
internal sealed class RecordedCapture : ILiveSource
{
    private readonly ILiveSource source;
    private readonly PcapNgWriter? writer;
    private readonly IReadOnlyList<KeyLogFollower> followers;
    private readonly List<ReadOnlyMemory<byte>> keyLogs = [];
    private long polledAt;
    private bool isEnded;

    /// <summary>Takes over a source; writer and followers are closed with it.</summary>
    /// <param name="source">The frames.</param>
    /// <param name="followers">The secrets.</param>
    /// <param name="writer">Where both go; null for nowhere.</param>
    /// <param name="name">What the capture is called: the file, for frame numbers are those of the file then; the interface where it is null.</param>
    public RecordedCapture(ILiveSource source, IReadOnlyList<KeyLogFollower> followers, PcapNgWriter? writer = null, string? name = null)
    {
        Name = name ?? source.Name;
        this.source = source;
        this.followers = followers;
        this.writer = writer;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>The interface's name.</summary>
    public string InterfaceName => source.Name;

    /// <inheritdoc/>
    public IReadOnlyList<CaptureDamage> Damages => source.Damages;

    /// <inheritdoc/>
    public (long Read, long? Total) Progress => source.Progress;

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => keyLogs;

    /// <inheritdoc/>
    public bool MayBringKeyLogs => followers.Count > 0 || source.MayBringKeyLogs;

    /// <inheritdoc/>
    public IReadOnlyDictionary<IPAddress, string> Names => source.Names;

    /// <inheritdoc/>
    public Timestamp QuietUntil => source.QuietUntil;

    /// <inheritdoc/>
    public LiveStatistics Statistics => source.Statistics;

    /// <inheritdoc/>
    public LiveRead Next(out CapturedFrame frame)
    {
        var read = source.Next(out frame);
        Poll(isLast: read == LiveRead.End);
        if (read == LiveRead.Frame) writer?.Write(in frame);
        return read;
    }

    /// <inheritdoc/>
    public bool TryRead(out CapturedFrame frame)
    {
        while (true)
        {
            var read = Next(out frame);
            if (read != LiveRead.Nothing) return read == LiveRead.Frame;
        }
    }

    /// <inheritdoc/>
    public void End(Timestamp until)
    {
        if (isEnded) return;
        isEnded = true;
        Poll(isLast: true);
        writer?.Finish(until, source.Statistics);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var follower in followers) follower.Dispose();
        writer?.Dispose();
        source.Dispose();
    }

    /// <summary>Secrets are mostly written before the packets that they decrypt: polling a hundred times a second misses few of them.</summary>
    private void Poll(bool isLast)
    {
        var now = Environment.TickCount64;
        if (!isLast && now - polledAt < PollMilliseconds) return;
        polledAt = now;
        foreach (var follower in followers)
        {
            for (var added = follower.Poll(isLast); !added.IsEmpty; added = follower.Poll(isLast))
            {
                keyLogs.Add(added);
                writer?.WriteKeyLog(added.Span);
            }
        }
    }

    private const long PollMilliseconds = 10;
}
