using System.Net;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Tls.Decryption;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>A capture in memory, with the key log that belongs to it; a law changes its frames and compares what is found.</summary>
internal sealed record MemoryCapture(string Name, IReadOnlyList<MemoryFrame> Frames)
{
    /// <summary>The key log; empty where there is none.</summary>
    public byte[] KeyLog { get; init; } = [];

    /// <summary>Names of addresses that the capture gives.</summary>
    public IReadOnlyDictionary<IPAddress, string> Names { get; init; } = new Dictionary<IPAddress, string>();

    /// <summary>Until when frames were waited for; null where the capture does not say so.</summary>
    public Timestamp? EndTime { get; init; }

    /// <summary>Reads a file; its key log is the one given, else what a pcapng holds.</summary>
    public static MemoryCapture Of(string name, string path, byte[]? keyLog = null)
    {
        using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
        return Of(name, source, keyLog);
    }

    /// <summary>Reads a capture in bytes.</summary>
    public static MemoryCapture Of(string name, byte[] capture)
    {
        using var source = CaptureFiles.Open(new MemoryStream(capture), name, AnalyzerLimits.Default);
        return Of(name, source, null);
    }

    /// <summary>What is found in it without keys.</summary>
    public IReadOnlyList<DiagnosedConnection> Read(WayOfReading way = WayOfReading.WhenOver) => Read([], way);

    /// <summary>What is found in it with these lines of a key log.</summary>
    public IReadOnlyList<DiagnosedConnection> Read(byte[] keyLog, WayOfReading way = WayOfReading.WhenOver)
    {
        var secrets = new SecretStore();
        HandshakeToMermaid.Protocols.Tls.Decryption.KeyLog.Read(keyLog, secrets);
        var options = new AnalyzerOptions { Secrets = secrets, Threads = 1 };
        using var source = new MemorySource(this);
        if (way == WayOfReading.AsItComes)
        {
            var watcher = new EndWatcher();
            new HandshakeAnalyzer(options).Watch(source, watcher);
            return watcher.Ended;
        }

        var found = new List<DiagnosedConnection>();
        new HandshakeAnalyzer(options).Analyze(source, found.Add);
        return found;
    }

    /// <summary>The frames as a pcap file of nanoseconds; all must have the same link type.</summary>
    public CaptureFileBuilder AsPcap() => Written(CaptureFileBuilder.Pcap(Frames.Count > 0 ? Frames[0].Link : null, nanoseconds: true));

    /// <summary>The frames as a pcapng file of nanoseconds; all must have the same link type.</summary>
    public CaptureFileBuilder AsPcapNg() => Written(CaptureFileBuilder.PcapNg(Frames.Count > 0 ? Frames[0].Link : null));

    private CaptureFileBuilder Written(CaptureFileBuilder file)
    {
        foreach (var frame in Frames) file.Frame(frame.Time, frame.Data, frame.OriginalLength);
        return file;
    }

    private static MemoryCapture Of(string name, ICaptureSource source, byte[]? keyLog)
    {
        var frames = new List<MemoryFrame>();
        while (source.TryRead(out var frame)) frames.Add(new MemoryFrame(frame.Mark.Frame, frame.Mark.Time, frame.Link, frame.Data.ToArray(), frame.OriginalLength));
        return new MemoryCapture(name, frames)
        {
            KeyLog = keyLog ?? [.. source.KeyLogs.SelectMany(k => (byte[])[.. k.Span, (byte)'\n'])],
            Names = source.Names,
            EndTime = source.EndTime,
        };
    }
}
