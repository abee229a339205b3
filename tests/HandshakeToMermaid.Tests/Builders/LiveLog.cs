using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Notes what a live analysis tells, in order.</summary>
internal sealed class LiveLog : IConnectionWatcher
{
    private readonly WatchedConnections kept = new(100_000);

    /// <summary>"decided 1 established", "revised 1 alert certificate-expired", "over 1 ...": number, outcome and what leads.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>How far each connection was when a line was told: the last frame of it that was known.</summary>
    public List<long> Frames { get; } = [];

    /// <summary>What was told last of each connection before it was over, by number.</summary>
    public Dictionary<int, string> LastTold { get; } = [];

    /// <summary>What each connection turned out to be, by the number that it was told with.</summary>
    public Dictionary<int, string> Final { get; } = [];

    /// <summary>All connections, in the order and with the numbers of a file.</summary>
    public IReadOnlyList<DiagnosedConnection> InOrder() => kept.InOrder();

    /// <inheritdoc/>
    public void Decided(DiagnosedConnection connection) => Told("decided", connection);

    /// <inheritdoc/>
    public void Revised(DiagnosedConnection connection) => Told("revised", connection);

    /// <inheritdoc/>
    public void Over(DiagnosedConnection connection)
    {
        Note("over", connection);
        if (connection.Connection.Id > 0) Final[connection.Connection.Id] = Verdict(connection);
        kept.Add(connection, isWanted: true);
    }

    /// <inheritdoc/>
    public bool Turn(IWatchView view) => true;

    private void Told(string how, DiagnosedConnection connection)
    {
        Note(how, connection);
        LastTold[connection.Connection.Id] = Verdict(connection);
    }

    private void Note(string how, DiagnosedConnection connection)
    {
        Lines.Add($"{how} {connection.Connection.Id} {Verdict(connection)}");
        Frames.Add(connection.Connection.Last.Frame);
    }

    private static string Verdict(DiagnosedConnection connection)
        => $"{connection.Connection.Outcome.Class} {connection.Findings.FirstOrDefault(f => f.Severity != Severity.Info)?.Code}".TrimEnd();
}
