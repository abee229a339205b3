using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>Captures that happen again, at several paces: at the end the same is known as from a file.</summary>
internal sealed class LiveTarget : CaptureTarget
{
    /// <inheritdoc/>
    public override string Name => "live";

    /// <inheritdoc/>
    public override string Summary => "captures that happen again as from an interface; the end says what a file says";

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (64_000_000, 4_000);

    /// <inheritdoc/>
    public override int ShortRun => 40;

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var pace = Paces[CaptureReading.NumberOf(input) % Paces.Length];
        var watcher = new Watcher();
        if (CaptureReading.Open(input) is not { } source) return;
        if (!IsSteady(input)) pace = Paces[0];
        using (var live = new ScriptedLiveSource(source, pace)) new HandshakeAnalyzer(new AnalyzerOptions()).Watch(live, watcher);
        var found = new List<DiagnosedConnection>();
        using (var file = new ScriptedLiveSource(CaptureReading.Open(input)!, pace)) new HandshakeAnalyzer(new AnalyzerOptions { Threads = 1 }).Analyze(file, found.Add);
        Invariant.Same(ConnectionCheck.All(found, 1), ConnectionCheck.All(watcher.InOrder(), 1), "live ends as a file");
    }

    /// <summary>
    /// True where the silence between frames can happen again: it does in steps of 10 ms, of which hours have too many, and what is silent until a wrong
    /// time stamp, or beyond the last one that there is, is no longer the same capture.
    /// </summary>
    private static bool IsSteady(byte[] input)
    {
        using var source = CaptureReading.Open(input)!;
        Timestamp? first = null, last = null;
        while (source.TryRead(out var frame))
        {
            var time = frame.Mark.Time;
            first ??= time;
            if (time.Nanoseconds > long.MaxValue - (long)(4 * Longest) || Math.Abs((double)time.Nanoseconds - first.Value.Nanoseconds) > Longest || time.Nanoseconds < (last ?? time).Nanoseconds) return false;
            last = time;
        }

        return source.EndTime is not { } end || first is not { } begun || Math.Abs((double)end.Nanoseconds - begun.Nanoseconds) <= Longest;
    }

    private static readonly LivePace[] Paces = [new(IsQuietBetween: false), new(), new(Slower: 3), new(Longer: Duration.FromSeconds(20))];

    private const double Longest = 300e9;

    private sealed class Watcher : IConnectionWatcher
    {
        private readonly WatchedConnections kept = new(100_000);

        public IReadOnlyList<DiagnosedConnection> InOrder() => kept.InOrder();

        public void Decided(DiagnosedConnection connection) => ConnectionCheck.All([connection], connection.Connection.Id);

        public void Revised(DiagnosedConnection connection) => ConnectionCheck.All([connection], connection.Connection.Id);

        public void Over(DiagnosedConnection connection) => kept.Add(connection, isWanted: true);

        public bool Turn(IWatchView view) => true;
    }
}
