using System.Diagnostics;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>What <c>h2m live</c> does with connections: rows, diagrams, and when it has seen enough.</summary>
internal sealed class LiveSession(Selection wanted) : IConnectionWatcher
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan statisticsAt = StatisticsEvery;

    /// <summary>Where rows go; null for nowhere.</summary>
    public LiveRows? Rows { get; init; }

    /// <summary>The directory that gets diagrams; null for none.</summary>
    public DiagramFolder? Folder { get; init; }

    /// <summary>What is drawn at the end; null where nothing is.</summary>
    public WatchedConnections? Kept { get; init; }

    /// <summary>Makes of a connection what may be shown; rows do so themselves. Null where it is shown as it is.</summary>
    public ProductRedaction? Redaction { get; init; }

    /// <summary>Connections after which it ends; null for no end.</summary>
    public int? Count { get; init; }

    /// <summary>Time after which it ends; null for no end.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>True to report the counters periodically.</summary>
    public bool ShowsStatistics { get; init; }

    /// <summary>Wanted connections whose handshake was decided.</summary>
    public int Shown { get; private set; }

    /// <summary>All connections whose handshake was decided.</summary>
    public int DecidedCount { get; private set; }

    /// <summary>Why no connection can be shown with pseudonyms any more, which ends it; null while they can.</summary>
    public PseudonymsExhaustedException? Exhausted { get; private set; }

    private bool IsFull => Exhausted is not null || (Count is { } most && Shown >= most);

    public void Decided(DiagnosedConnection connection) => WhilePseudonymsLast(() =>
    {
        DecidedCount++;
        if (IsFull || !wanted.Includes(connection)) return;
        Rows?.Write(connection);
        Shown++;
        Folder?.Write(Displayed(connection));
    });

    public void Revised(DiagnosedConnection connection) => WhilePseudonymsLast(() =>
    {
        if (wanted.Includes(connection)) Rows?.Write(connection);
    });

    public void Over(DiagnosedConnection connection) => WhilePseudonymsLast(() =>
    {
        var isWanted = wanted.Includes(connection);
        if (Folder is null && (Kept is null || !isWanted))
        {
            Kept?.Add(connection, isWanted);
            return;
        }

        var displayed = Displayed(connection);
        Folder?.Complete(displayed);
        Kept?.Add(displayed, isWanted);
    });

    public bool Turn(IWatchView view)
    {
        if (Rows is { IsDue: true }) WhilePseudonymsLast(() => Rows.Show([.. view.Running(MaxRunning).Select(Displayed)]));
        var isEnd = IsFull || (Duration is { } most && watch.Elapsed >= most);
        if (isEnd) return false;
        if (ShowsStatistics && watch.Elapsed >= statisticsAt)
        {
            statisticsAt = watch.Elapsed + StatisticsEvery;
            Rows?.Wipe();
            Console.Error.WriteLine($"h2m: {LiveReport.Text(view.Counters)}.");
        }

        return true;
    }

    /// <summary>What was shown until the book of pseudonyms is full stays; what comes behind it is not shown at all.</summary>
    private void WhilePseudonymsLast(Action show)
    {
        if (Exhausted is not null) return;
        try
        {
            show();
        }
        catch (PseudonymsExhaustedException full)
        {
            Exhausted = full;
        }
    }

    private DiagnosedConnection Displayed(DiagnosedConnection connection) => Redaction?.Of(connection) ?? connection;

    private const int MaxRunning = 5;
    private static readonly TimeSpan StatisticsEvery = TimeSpan.FromSeconds(5);
}
