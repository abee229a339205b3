using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Reads an interface: snapshots of a flow are read as often as its handshake could be decided, and the flow itself once more when it is over.
/// Connections are reported as they are decided.
/// </summary>
internal sealed class LivePipeline : CapturePipeline, IWatchView
{
    private readonly SteadyLiveFrames source;
    private readonly HandshakeWatch watch;
    private int over;

    /// <summary>A pipeline that has read nothing yet.</summary>
    public LivePipeline(SteadyLiveFrames source, AnalyzerOptions options, IConnectionWatcher watcher)
        : base(source, options)
    {
        this.source = source;
        watch = new HandshakeWatch(options, watcher, Diagnostician, BuildSoFar);
    }

    /// <inheritdoc/>
    public WatchCounters Counters
    {
        get
        {
            var counted = source.Statistics;
            return new WatchCounters(counted.Seen, counted.DroppedByKernel, counted.DroppedByInterface, OpenFlows, watch.Decided, FlowsEvicted);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<DiagnosedConnection> Running(int most) => watch.Running(most);

    /// <summary>Reads the interface until it is gone or the watcher has seen enough; what is still open then is reported as far as it got.</summary>
    /// <param name="cancellation">Ends the reading.</param>
    public AnalysisSummary Run(CancellationToken cancellation)
    {
        long frames = 0;
        while (!cancellation.IsCancellationRequested)
        {
            var read = source.Next(out var frame);
            if (read == LiveRead.End) break;
            if (read == LiveRead.Nothing) Wait(source.QuietUntil);
            else Take(in frame);
            if (read == LiveRead.Frame && (++frames & TickMask) != 0) continue;
            if (!watch.Turn(Now, isQuiet: read == LiveRead.Nothing, this)) break;
        }

        source.End(Now);
        EndCapture(cancellation.IsCancellationRequested);
        return Summary(frames, () => over, cancellation.IsCancellationRequested);
    }

    private protected override void Begun(Flow flow) => watch.Opened(flow);

    private protected override void Touched(Flow flow) => watch.Touched(flow);

    private protected override void Carried(Flow flow) => watch.Forget(flow.Ordinal);

    private protected override void Counted(Flow flow)
    {
        over++;
        watch.Forget(flow.Ordinal);
    }

    private protected override void Ended(Flow flow, RecordedFlow recorded)
    {
        if (IsLeftOut()) recorded.ReleaseBytes();
        else Report(BuildEnded(flow, recorded));
    }

    private protected override void Completed(long ordinal, Connection? failed)
    {
        if (failed is not null) Report(failed);
    }

    private void Report(Connection connection)
    {
        over++;
        watch.Over(connection);
    }

    /// <summary>Every 256 frames, and whenever none is available.</summary>
    private const int TickMask = 255;
}
