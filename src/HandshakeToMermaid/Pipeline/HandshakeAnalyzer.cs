using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Reads captures: a capture in, diagnosed connections out, in the order in which they began.
/// </summary>
/// <example><code>
/// using var capture = CaptureFiles.Open(["incident.pcap"], AnalyzerLimits.Default);
/// new HandshakeAnalyzer().Analyze(capture, connection => Console.WriteLine(connection.Connection.Outcome));
/// </code></example>
internal sealed class HandshakeAnalyzer(AnalyzerOptions? options = null)
{
    /// <summary>Reads a capture to its end.</summary>
    /// <param name="source">The capture.</param>
    /// <param name="found">Receives each connection once everything that began before it is decided.</param>
    /// <param name="tick">Called now and then, to show progress.</param>
    /// <param name="cancellation">Ends the reading early; what was seen until then is still reported.</param>
    public AnalysisSummary Analyze(ICaptureSource source, Action<DiagnosedConnection> found, Action? tick = null, CancellationToken cancellation = default) => Analyze(
        source, static connection => connection, (_, connection) => found(connection), tick, cancellation);

    /// <summary>
    /// Reads a capture to its end for a list: only a row is held of a connection while those that began before it go on.
    /// </summary>
    /// <typeparam name="TRow">The row of a connection.</typeparam>
    /// <param name="source">The capture.</param>
    /// <param name="row">
    /// Makes the row of a connection that is over, as yet without a number; null for one that is counted and not shown. Several threads may
    /// ask at once (<see cref="AnalyzerOptions.Threads"/>).
    /// </param>
    /// <param name="found">Receives each row, with its number, once everything that began before it is decided.</param>
    /// <param name="tick">Called now and then, to show progress.</param>
    /// <param name="cancellation">Ends the reading early; what was seen until then is still reported.</param>
    public AnalysisSummary Analyze<TRow>(ICaptureSource source, Func<DiagnosedConnection, TRow?> row, Action<int, TRow> found, Action? tick = null, CancellationToken cancellation = default)
        where TRow : class
    {
        using var steady = new SteadyFrames(source);
        using var run = new FilePipeline<TRow>(steady, options ?? new AnalyzerOptions(), row, (number, result) =>
        {
            if (result is DiagnosedConnection whole) whole.Connection.Id = number;
            found(number, result);
        });
        return run.Run(tick, cancellation);
    }

    /// <summary>
    /// Watches an interface until it is gone, the watcher has seen enough, or the token is cancelled. A connection is reported the moment its
    /// handshake is decided, numbered in that order, and again when it is over.
    /// </summary>
    /// <param name="source">The interface.</param>
    /// <param name="watcher">Receives the connections.</param>
    /// <param name="cancellation">Ends the watching; what is still open is then reported as far as it got.</param>
    public AnalysisSummary Watch(ILiveSource source, IConnectionWatcher watcher, CancellationToken cancellation = default)
    {
        using var steady = new SteadyLiveFrames(source);
        var run = new LivePipeline(steady, options ?? new AnalyzerOptions(), watcher);
        return run.Run(cancellation);
    }
}
