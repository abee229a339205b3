using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>The gallery of the repository.</summary>
internal static class Gallery
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateDirectories(Checkout.PathOf("samples")).Where(d => CaptureOf(d) is not null)
            .Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal),
    ];

    /// <summary>The capture of one.</summary>
    public static string PathOf(string name) => CaptureOf(Checkout.PathOf("samples", name))!;

    /// <summary>The connections of one, or of several read as one capture.</summary>
    public static List<DiagnosedConnection> Read(params string[] names)
    {
        var connections = new List<DiagnosedConnection>();
        using var capture = CaptureFiles.Open([.. names.Select(PathOf)], AnalyzerLimits.Default);
        new HandshakeAnalyzer().Analyze(capture, connections.Add);
        return connections;
    }

    private static string? CaptureOf(string folder) => Directory.EnumerateFiles(folder, "capture.pcap*").FirstOrDefault();
}
