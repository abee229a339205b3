using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Reports;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary>Reads a capture for a command: selected connections are handed over in the order in which they began.</summary>
internal static class Analysis
{
    public static AnalysisSummary Run(
        ICaptureSource source, AnalyzerOptions options, bool showsProgress, Selection wanted, Action<DiagnosedConnection> found, CancellationToken cancellation)
        => Run(source, options, showsProgress, wanted, static connection => connection, (_, connection) => found(connection), cancellation);

    /// <summary>The same for a list: of a connection that waits for earlier ones only the row is stored.</summary>
    public static AnalysisSummary Run<TRow>(
        ICaptureSource source, AnalyzerOptions options, bool showsProgress, Selection wanted, Func<DiagnosedConnection, TRow> row, Action<int, TRow> found, CancellationToken cancellation)
        where TRow : class
    {
        using var progress = new ProgressLine(source, showsProgress);
        return new HandshakeAnalyzer(options).Analyze(
            source,
            connection => wanted.IncludesBesidesNumber(connection) ? row(connection) : null,
            (number, kept) =>
            {
                if (wanted.IncludesNumber(number)) found(number, kept);
            },
            progress.Tick,
            cancellation);
    }
}
