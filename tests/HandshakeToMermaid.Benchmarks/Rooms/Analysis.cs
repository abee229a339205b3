using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Tls.Decryption;

namespace HandshakeToMermaid.Benchmarks.Rooms;

/// <summary>A capture in memory through all rooms.</summary>
internal static class Analysis
{
    /// <summary>Connections found, as a list would show them.</summary>
    public static int Count(byte[] file, SecretStore? secrets = null)
    {
        using var source = CaptureFiles.Open(new MemoryStream(file), "memory", AnalyzerLimits.Default);
        var options = new AnalyzerOptions { Secrets = secrets ?? new SecretStore(), ChecksEverySignature = false };
        var count = 0;
        new HandshakeAnalyzer(options).Analyze(source, static _ => Row, (_, _) => count++);
        return count;
    }

    private static readonly object Row = new();
}
