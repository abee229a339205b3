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
    private PcapNgWriter? writer;
    private readonly IReadOnlyList<KeyLogFollower> followers;
    private readonly List<ReadOnlyMemory<byte>> keyLogs = [];
    private long polledAt;
    private int wasRead;
    private int wasAdded;
    private int released;
    private long held;
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

    /// <summary>Why not everything that was captured is stored, as a clause; null where it is, or was not to be.</summary>
    public string? StoreFailure { get; private set; }

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
        Release();
        var next = source.Next(out frame);
        Poll(isLast: next == LiveRead.End);
        if (next == LiveRead.Frame) Store(in frame);
        return next;
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
        try
        {
            writer?.Finish(until, source.Statistics);
        }
        catch (IOException e)
        {
            StoreNoMore(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var follower in followers) follower.Dispose();
        writer?.Dispose();
        source.Dispose();
    }

    private void Store(in CapturedFrame frame)
    {
        try
        {
            writer?.Write(in frame);
        }
        catch (IOException e)
        {
            StoreNoMore(e);
        }
    }

    private void StoreKeyLog(ReadOnlySpan<byte> lines)
    {
        try
        {
            writer?.WriteKeyLog(lines);
        }
        catch (IOException e)
        {
            StoreNoMore(e);
        }
    }

    /// <summary>What is captured is still shown, where it can no longer be stored.</summary>
    private void StoreNoMore(IOException reason)
    {
        StoreFailure = FileFailure.Reason(reason);
        var broken = writer;
        writer = null;
        try
        {
            broken?.Dispose();
        }
        catch (IOException)
        {
            // What was not written yet cannot be written either.
        }
    }

    /// <summary>Secrets are mostly written before the packets that they decrypt: polling a hundred times a second misses few of them.</summary>
    private void Poll(bool isLast)
    {
        var now = Environment.TickCount64;
        if (!isLast && now - polledAt < PollMilliseconds) return;
        polledAt = now;
        foreach (var follower in followers)
        {
            // A pipe may give more for ever: frames come in between.
            for (var turn = 0; turn < (isLast ? LastTurns : MaxTurns) && follower.Poll(isLast) is { IsEmpty: false } lines; turn++)
            {
                keyLogs.Add(lines);
                held += lines.Length;
                StoreKeyLog(lines.Span);
            }
        }
    }

    /// <summary>
    /// Text of key logs is read by the time that two more frames were asked for, one of which may have been held back; of what is a lot, only the
    /// secrets stay.
    /// </summary>
    private void Release()
    {
        for (; held > MaxHeld && released < wasRead; released++)
        {
            held -= keyLogs[released].Length;
            keyLogs[released] = default;
        }

        (wasRead, wasAdded) = (wasAdded, keyLogs.Count);
    }

    private const long PollMilliseconds = 10;

    // Polls of a megabyte each.
    private const int MaxTurns = 8;
    private const int LastTurns = 64;

    /// <summary>Bytes of text that stay without harm.</summary>
    private const long MaxHeld = 1024 * 1024;
}
