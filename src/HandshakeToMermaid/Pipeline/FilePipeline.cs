using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Reads a file: each flow is read once, when it is over, and its result is reported in the order in which connections began. Only a result is held of a
/// connection while earlier ones go on, so that a long connection at the start of a capture does not hold back everything learned of later ones.
/// </summary>
/// <typeparam name="TResult">What is made of a connection.</typeparam>
internal sealed class FilePipeline<TResult> : CapturePipeline, IDisposable
    where TResult : class
{
    private readonly SteadyFrames source;
    private readonly Func<DiagnosedConnection, TResult?> resultOf;
    private readonly CompletionQueue<TResult> results;
    private readonly ConnectionWorkers<TResult>? workers;
    private readonly int waitingResults;
    private long nextEviction;
    private int reported;

    /// <summary>A pipeline that has read nothing yet.</summary>
    /// <param name="source">The capture.</param>
    /// <param name="options">Limits, secrets, and what to judge by.</param>
    /// <param name="resultOf">Makes the result of a connection that is over, on any thread; null for one that counts and is not shown.</param>
    /// <param name="found">Receives each result with its number.</param>
    public FilePipeline(SteadyFrames source, AnalyzerOptions options, Func<DiagnosedConnection, TResult?> resultOf, Action<int, TResult> found)
        : base(source, options)
    {
        (this.source, this.resultOf) = (source, resultOf);
        waitingResults = Math.Max(4, options.Limits.WaitingResults);
        nextEviction = waitingResults;
        results = new CompletionQueue<TResult>(result =>
        {
            reported++;
            if (result is not null) found(reported, result);
        });
        var threads = Math.Clamp(options.Threads - 1, 0, MaxWorkers);
        // A resumed session is opened by what was read of the earlier one: then connections are read in the order of the capture.
        if (threads == 0 || source.MayBringKeyLogs || options.PrivateKeys is not null) return;
        workers = new ConnectionWorkers<TResult>(threads, () => Worker(CreateDiagnostician(options)), (connection, result) => results.Complete(connection.Flow.Ordinal, result));
    }

    /// <summary>Reads the capture to its end; what is still open then is reported as far as it got.</summary>
    /// <param name="tick">Called now and then, to show progress; null for none.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    public AnalysisSummary Run(Action? tick, CancellationToken cancellation)
    {
        long frames = 0;
        var wasStopped = false;
        while (!wasStopped && source.TryRead(out var frame))
        {
            Take(in frame);
            if (LastOrdinal >= nextEviction) EvictOldest();
            if ((++frames & TickMask) != 0) continue;
            tick?.Invoke();
            wasStopped = cancellation.IsCancellationRequested;
        }

        wasStopped |= cancellation.IsCancellationRequested;
        EndCapture(wasStopped);
        workers?.Finish();
        return Summary(frames, () => reported, wasStopped);
    }

    /// <inheritdoc/>
    public void Dispose() => workers?.Dispose();

    private protected override void Begun(Flow flow)
    {
    }

    private protected override void Touched(Flow flow)
    {
    }

    private protected override void Carried(Flow flow) => results.CompleteWithout(flow.Ordinal);

    private protected override void Counted(Flow flow) => results.Complete(flow.Ordinal, null);

    private protected override void Ended(Flow flow, RecordedFlow recorded)
    {
        if (IsLeftOut())
        {
            recorded.ReleaseBytes();
            results.CompleteWithout(flow.Ordinal);
            return;
        }

        // Correlation depends on what the capture held until now and is done in its order; reading and judging depends on nothing else.
        // A lane of a visit is compared with the other one as it is at this moment.
        var place = Correlate(flow, recorded, out var name);
        if (workers is null || place is null || IsLane(flow, name ?? place.Server.Name)) results.Complete(flow.Ordinal, ResultOf(BuildEnded(flow, recorded, place), Diagnostician));
        else workers.Add(new CorrelatedFlow(recorded, place));
    }

    private protected override void Completed(long ordinal, Connection? failed)
    {
        if (failed is null) results.CompleteWithout(ordinal);
        else results.Complete(ordinal, ResultOf(failed, Diagnostician));
    }

    /// <summary>
    /// What is still open after so many later connections holds back their results. The number of those that began counts, not of those that wait: it
    /// does not depend on threads.
    /// </summary>
    private void EvictOldest()
    {
        EvictBefore(LastOrdinal - (waitingResults * 3L / 4));
        nextEviction = LastOrdinal + (waitingResults / 4);
    }

    private TResult? ResultOf(Connection connection, Diagnostician diagnostician) => resultOf(diagnostician.Judge(connection));

    /// <summary>What one worker does with a connection; rules are not shared between threads.</summary>
    private Func<CorrelatedFlow, TResult?> Worker(Diagnostician diagnostician) =>
        placed => ResultOf(Assembler.Build(placed.Flow, ReadOnce(placed.Flow), placed.Context), diagnostician);

    /// <summary>Every 4096 frames, about a millisecond of work.</summary>
    private const int TickMask = 4095;

    /// <summary>More workers than that wait for the thread that reads the capture.</summary>
    private const int MaxWorkers = 8;
}
