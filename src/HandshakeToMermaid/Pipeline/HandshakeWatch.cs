using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Protocols.Recognition;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Finds the moment at which a handshake is decided, while its connection goes on. A connection is looked at again when packets of it
/// came, and when it has been silent for a while; after its decision a packet of it costs one look into a table.
/// </summary>
internal sealed class HandshakeWatch(AnalyzerOptions options, IConnectionWatcher watcher, Diagnostician diagnostician, Func<Flow, Connection> build)
{
    private readonly Dictionary<long, WatchedFlow> watched = [];
    private readonly HashSet<WatchedFlow> undecided = [];
    private readonly List<WatchedFlow> touched = [];
    private readonly PriorityQueue<long, long> checks = new();
    private readonly Duration settling = Duration.FromMilliseconds(options.Limits.LingerMilliseconds);
    private Timestamp now = new(long.MinValue);
    private Timestamp nextLook = new(long.MinValue);

    /// <summary>Connections whose handshake is decided.</summary>
    public int Decided { get; private set; }

    /// <summary>A connection begins.</summary>
    public void Opened(Flow flow)
    {
        var entry = new WatchedFlow(flow);
        watched[flow.Ordinal] = entry;
        undecided.Add(entry);
    }

    /// <summary>A packet of a connection came.</summary>
    public void Touched(Flow flow)
    {
        if (!watched.TryGetValue(flow.Ordinal, out var entry) || entry.IsTouched || entry.Stage == WatchStage.Decided) return;
        entry.IsTouched = true;
        touched.Add(entry);
    }

    /// <summary>A flow is no connection of its own and is not reported.</summary>
    public void Forget(long ordinal)
    {
        if (watched.Remove(ordinal, out var entry)) undecided.Remove(entry);
    }

    /// <summary>A connection, or a failed resolution, is over.</summary>
    public void Over(Connection connection)
    {
        WatchedFlow? entry = null;
        if (connection.Flow?.Flow.Ordinal is { } ordinal && watched.Remove(ordinal, out entry)) undecided.Remove(entry);
        var judged = diagnostician.Judge(connection);
        if (entry is null or { Stage: WatchStage.Open })
        {
            if (IsRow(connection))
            {
                connection.Id = ++Decided;
                watcher.Decided(judged);
            }
        }
        else
        {
            connection.Id = entry.Id;
            if (WatchVerdict.Of(judged) != entry.Reported) watcher.Revised(judged);
        }

        watcher.Over(judged);
    }

    /// <summary>
    /// Capture time is at <paramref name="time"/>: decides what can be decided. While frames wait, less often: looking at a
    /// handshake after each of its packets would take longer than the packets do. False where the watcher has seen enough.
    /// </summary>
    public bool Turn(Timestamp time, bool isQuiet, IWatchView view)
    {
        now = time;
        if (isQuiet || now >= nextLook)
        {
            nextLook = now + Pause;
            foreach (var entry in touched)
            {
                entry.IsTouched = false;
                Look(entry);
            }

            touched.Clear();
            while (checks.TryPeek(out var due, out var at) && at <= now.Nanoseconds)
            {
                checks.Dequeue();
                if (!watched.TryGetValue(due, out var entry) || entry.NextCheck != at) continue;
                entry.NextCheck = long.MaxValue;
                if (entry.Stage == WatchStage.Open) Look(entry);
            }
        }

        return watcher.Turn(view);
    }

    /// <summary>The latest handshakes that are under way.</summary>
    public IReadOnlyList<DiagnosedConnection> Running(int most)
    {
        var latest = undecided.Where(e => e.Stage == WatchStage.Open && e.Flow is not TcpFlow { Syn.IsSet: false } and not TcpFlow { Reader: DnsStreamReader { IsDns: true } }).OrderByDescending(e => e.Flow.Ordinal).Take(most).Reverse();
        var running = new List<DiagnosedConnection>();
        foreach (var entry in latest)
        {
            running.Add(new DiagnosedConnection(build(entry.Flow), []));
        }

        return running;
    }

    private void Look(WatchedFlow entry)
    {
        if (!undecided.Contains(entry)) return;

        // Of a SYN alone nothing is to be learned before its time is over, and there may be a flood of them.
        if (entry.Flow is TcpFlow { IsSynAlone: true } && now - entry.Flow.First.Time < options.HandshakeTimeout)
        {
            LookAgain(entry);
            return;
        }

        if (entry.Flow is TcpFlow { Reader: DnsStreamReader { IsDns: true } })
        {
            undecided.Remove(entry);
            return;
        }

        var connection = build(entry.Flow);
        var verdict = Judge(entry, connection);
        if (verdict == WatchStage.Open || !IsRow(connection))
        {
            if (entry.Stage == WatchStage.Open) LookAgain(entry);
            return;
        }

        if (entry.Stage == WatchStage.Open)
        {
            entry.Id = connection.Id = ++Decided;
            watcher.Decided(Report(entry, connection, verdict));
        }
        else if (connection.Outcome.Class != entry.Reported.Outcome)
        {
            connection.Id = entry.Id;
            watcher.Revised(Report(entry, connection, verdict));
        }
    }

    private DiagnosedConnection Report(WatchedFlow entry, Connection connection, WatchStage verdict)
    {
        var judged = diagnostician.Judge(connection);
        (entry.Stage, entry.Reported) = (verdict, WatchVerdict.Of(judged));
        if (verdict == WatchStage.Decided) undecided.Remove(entry);
        return judged;
    }

    private void LookAgain(WatchedFlow entry)
    {
        var quietFrom = entry.Flow.LastActive + settling;
        var timedOut = entry.Flow.First.Time + options.HandshakeTimeout;
        var at = (now < quietFrom ? quietFrom : now < timedOut ? timedOut : now + options.HandshakeTimeout).Nanoseconds;

        // There is no time stamp that late.
        if (at <= now.Nanoseconds) return;

        // An earlier look is enough: it notes the next one. One that was noted for the time-out is too late once packets come again.
        if (entry.NextCheck <= at) return;
        entry.NextCheck = at;
        checks.Enqueue(entry.Flow.Ordinal, at);
    }

    private WatchStage Judge(WatchedFlow entry, Connection connection)
    {
        var outcome = connection.Outcome;
        var isSettled = entry.Flow.IsOver || now - entry.Flow.LastActive >= settling;
        if (outcome.IsCompleted) return isSettled || (outcome.Confidence == Confidence.Certain && HasServerContent(connection)) ? WatchStage.Decided : WatchStage.Open;
        if (outcome is { Class.IsUnanswered: true, By: OutcomeActor.None }) return TimeOut(entry);
        switch (outcome.Class.Finality)
        {
            case OutcomeFinality.Provisional:
                var isGivenUp = outcome.Class == OutcomeClass.NotTls && connection.FactsOf<CleartextFacts>() is { IsFinal: true };
                return entry.Flow.IsOver || isGivenUp ? WatchStage.Decided : TimeOut(entry);
            case OutcomeFinality.AtOnce when outcome.Confidence == Confidence.Certain:
                return WatchStage.Decided;
            default:
                return isSettled ? WatchStage.Decided : WatchStage.Open;
        }
    }

    private WatchStage TimeOut(WatchedFlow entry) => now - entry.Flow.First.Time >= options.HandshakeTimeout ? WatchStage.TimedOut : WatchStage.Open;

    /// <summary>True once the server showed that it is content with the client: it may still refuse what the client sent last.</summary>
    private static bool HasServerContent(Connection connection)
    {
        foreach (var step in connection.Steps)
        {
            if (step.Last.Frame >= connection.Outcome.Frame && step.Phase.Role is PhaseRole.Handshake or PhaseRole.Data && connection.SideOf(step) == Side.Server) return true;
        }

        return false;
    }

    /// <summary>A connection that had begun before the capture and of which no handshake was seen is worth no row.</summary>
    private static bool IsRow(Connection connection) =>
        connection.Flow is not { Tcp: { Syn.IsSet: false, SynAck.IsSet: false } } || connection.Steps.Any(s => s.Phase.Role is PhaseRole.Upgrade or PhaseRole.Handshake && !s.IsRecovery);

    /// <summary>At high rates handshakes are over in this time; for a person it is no time.</summary>
    private static readonly Duration Pause = Duration.FromMilliseconds(250);
}
