using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// The front door: a capture in, connections out, in the order in which they began.
/// </summary>
/// <example><code>
/// using var capture = CaptureFiles.Open(["incident.pcap"], AnalyzerLimits.Default);
/// new HandshakeAnalyzer().Analyze(capture, connection => Console.WriteLine(connection.Connection.Outcome));
/// </code></example>
internal sealed class HandshakeAnalyzer(AnalyzerOptions? options = null)
{
    /// <summary>Reads a capture to its end.</summary>
    /// <param name="source">The capture.</param>
    /// <param name="found">Is given each connection once everything that began before it is decided.</param>
    /// <param name="tick">Is called now and then, to show progress.</param>
    /// <param name="cancellation">Ends the reading early; what was seen until then is still reported.</param>
    public AnalysisSummary Analyze(ICaptureSource source, Action<DiagnosedConnection> found, Action? tick = null, CancellationToken cancellation = default) => Analyze(
        source, static connection => connection, (_, connection) => found(connection), tick, cancellation);

    /// <summary>
    /// Reads a capture to its end for a list: only a row is kept of a connection while those that began before it go on.
    /// </summary>
    /// <typeparam name="TRow">What is kept.</typeparam>
    /// <param name="source">The capture.</param>
    /// <param name="row">
    /// Makes the row of a connection that is over, as yet without a number; null for one that is counted and not shown. Several threads may
    /// ask at once (<see cref="AnalyzerOptions.Threads"/>).
    /// </param>
    /// <param name="found">Is given each row, with its number, once everything that began before it is decided.</param>
    /// <param name="tick">Is called now and then, to show progress.</param>
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
        long frames = 0;
        var stopped = false;
        while (steady.TryRead(out var frame))
        {
            run.Take(in frame);
            if ((++frames & TickMask) != 0) continue;
            tick?.Invoke();
            stopped = cancellation.IsCancellationRequested;
            if (stopped) break;
        }
        return run.Finish(frames, stopped);
    }

    /// <summary>
    /// Watches an interface until it is gone, the watcher has seen enough, or somebody cancels. A connection is told the moment its
    /// handshake is decided, numbered in that order, and again when it is over.
    /// </summary>
    /// <param name="source">The interface.</param>
    /// <param name="watcher">Is told of connections.</param>
    /// <param name="cancellation">Ends the watching; what is still open is then told as far as it got.</param>
    public AnalysisSummary Watch(ILiveSource source, IConnectionWatcher watcher, CancellationToken cancellation = default)
    {
        using var steady = new SteadyLiveFrames(source);
        var run = new LivePipeline(steady, options ?? new AnalyzerOptions(), watcher);
        long frames = 0;
        while (!cancellation.IsCancellationRequested)
        {
            var read = steady.Next(out var frame);
            if (read == LiveRead.End) break;
            if (read == LiveRead.Nothing) run.Wait(steady.QuietUntil);
            else run.Take(in frame);
            if (read == LiveRead.Frame && (++frames & LiveTickMask) != 0) continue;
            if (!run.Turn(isQuiet: read == LiveRead.Nothing)) break;
        }

        steady.End(run.Now);
        return run.Finish(frames, cancellation.IsCancellationRequested);
    }

    /// <summary>Every 256 frames, and whenever there is none at hand.</summary>
    private const int LiveTickMask = 255;

    /// <summary>Every 4096 frames, about a millisecond of work.</summary>
    private const int TickMask = 4095;
}
