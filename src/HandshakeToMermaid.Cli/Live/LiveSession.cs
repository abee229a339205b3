using System.Diagnostics;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;

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

    private bool IsFull => Count is { } most && Shown >= most;

    public void Decided(DiagnosedConnection connection)
    {
        DecidedCount++;
        if (IsFull || !wanted.Includes(connection)) return;
        Shown++;
        Rows?.Write(connection);
        Folder?.Write(connection);
    }

    public void Revised(DiagnosedConnection connection)
    {
        if (!wanted.Includes(connection)) return;
        Rows?.Write(connection);
    }

    public void Over(DiagnosedConnection connection)
    {
        Folder?.Complete(connection);
        Kept?.Add(connection, wanted.Includes(connection));
    }

    public bool Turn(IWatchView view)
    {
        if (Rows is { IsDue: true }) Rows.Show(view.Running(MaxRunning));
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

    private const int MaxRunning = 5;
    private static readonly TimeSpan StatisticsEvery = TimeSpan.FromSeconds(5);
}
