using System.Text.RegularExpressions;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>When it was recorded, in how many files, in which format: the same is said, but for names of captures and absolute times.</summary>
internal static class ShiftAndSplit
{
    /// <summary>What the law finds wrong.</summary>
    public static IEnumerable<string> Violations(MemoryCapture capture, string folder)
    {
        var alone = Said(capture.Read(capture.KeyLog));
        foreach (var by in (Duration[])[Duration.FromMilliseconds(250), Duration.FromSeconds(3), new Duration(1)])
        {
            foreach (var difference in Differences(alone, Said(capture.ShiftTimes(by).Read(capture.KeyLog)))) yield return $"shifted by {by.Milliseconds} ms: {difference}";
        }

        if (capture.Frames.Count < 2 || capture.Frames.Any(f => f.Link != capture.Frames[0].Link)) yield break;
        var noEnd = capture with { EndTime = null };
        var plain = Said(noEnd.Read(capture.KeyLog));
        foreach (var (what, bytes) in (IEnumerable<(string, byte[])>)[("as pcap", capture.AsPcap().ToArray()), ("as pcapng", capture.AsPcapNg().ToArray()), ("in gzip", capture.AsPcap().ToGzip()), ("in two members of gzip", capture.AsPcapNg().ToGzip(2))])
        {
            var path = Path.Combine(folder, "other");
            File.WriteAllBytes(path, bytes);
            using var source = CaptureFiles.Open([path], AnalyzerLimits.Default);
            foreach (var difference in Differences(plain, Said(Read(source, capture.KeyLog)))) yield return $"{what}: {difference}";
        }

        // Files are merged by time: where a capture's own times fall, a part of it begins before the one ahead of it ends.
        if (!capture.Frames.Zip(capture.Frames.Skip(1)).All(pair => pair.First.Time <= pair.Second.Time)) yield break;
        for (var part = 1; part < Parts; part++)
        {
            var at = capture.Frames.Count * part / Parts;
            if (at == 0) continue;
            string first = Path.Combine(folder, "first.pcap"), second = Path.Combine(folder, "second.pcap");
            File.WriteAllBytes(first, (capture with { Frames = [.. capture.Frames.Take(at)] }).AsPcap().ToArray());
            File.WriteAllBytes(second, (capture with { Frames = [.. capture.Frames.Skip(at)] }).AsPcap().ToArray());
            using var source = CaptureFiles.Open([first, second], AnalyzerLimits.Default);
            foreach (var difference in Differences(plain, Said(Read(source, capture.KeyLog)))) yield return $"split at frame {at}: {difference}";
        }
    }

    private static List<DiagnosedConnection> Read(ICaptureSource source, byte[] keyLog)
    {
        var found = new List<DiagnosedConnection>();
        var options = (keyLog.Length > 0 ? Cases.Reading.WithSecrets(keyLog) : new AnalyzerOptions()) with { Threads = 1 };
        new HandshakeAnalyzer(options).Analyze(source, found.Add);
        return found;
    }

    /// <summary>The age of a staple is told to the second, so it follows the time.</summary>
    private static List<string> Said(IReadOnlyList<DiagnosedConnection> found) => [.. found.Select(c => Regex.Replace(ConnectionText.Lasting(c), "[0-9]+ seconds? old", "some seconds old"))];

    private static IEnumerable<string> Differences(List<string> alone, List<string> now)
    {
        if (alone.Count != now.Count) yield return $"{alone.Count} connections become {now.Count}";
        for (var i = 0; i < Math.Min(alone.Count, now.Count); i++)
        {
            if (alone[i] != now[i]) yield return $"connection {i + 1} changes: {ConnectionText.Difference(alone[i], now[i])}";
        }
    }

    private const int Parts = 4;
}
