using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Reports;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary>Reads a capture for a command: selected connections are handed over in the order in which they began.</summary>
internal static class Analysis
{
    public static AnalysisSummary Run(
        ICaptureSource source, AnalyzerOptions options, bool showsProgress, Selection wanted, Action<DiagnosedConnection> found, CancellationToken cancellation)
    {
        using var progress = new ProgressLine(source, showsProgress);
        return new HandshakeAnalyzer(options).Analyze(
            source,
            connection =>
            {
                if (wanted.Includes(connection)) found(connection);
            },
            progress.Tick,
            cancellation);
    }
}
