using System.Net;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>Hands out frames in memory, as a file or as an interface does.</summary>
internal sealed class MemorySource(MemoryCapture capture) : ILiveSource
{
    private int next;

    public string Name => capture.Name;

    public IReadOnlyList<CaptureDamage> Damages => [];

    public (long Read, long? Total) Progress => (next, capture.Frames.Count);

    public IReadOnlyList<ReadOnlyMemory<byte>> KeyLogs => [];

    public IReadOnlyDictionary<IPAddress, string> Names => capture.Names;

    public Timestamp? EndTime => capture.EndTime;

    public Timestamp QuietUntil => default;

    public LiveStatistics Statistics => new(next, 0, 0);

    public bool TryRead(out CapturedFrame frame)
    {
        frame = default;
        if (next == capture.Frames.Count) return false;
        var kept = capture.Frames[next++];
        frame = new CapturedFrame(new FrameMark(kept.Number, kept.Time), kept.Link, kept.Data, kept.OriginalLength);
        return true;
    }

    public LiveRead Next(out CapturedFrame frame) => TryRead(out frame) ? LiveRead.Frame : LiveRead.End;

    public void Dispose()
    {
    }
}
