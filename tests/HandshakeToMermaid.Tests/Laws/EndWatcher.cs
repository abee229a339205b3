using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>Keeps what is said of connections when they are over.</summary>
internal sealed class EndWatcher : IConnectionWatcher
{
    public List<DiagnosedConnection> Ended { get; } = [];

    public void Decided(DiagnosedConnection connection)
    {
    }

    public void Revised(DiagnosedConnection connection)
    {
    }

    public void Over(DiagnosedConnection connection) => Ended.Add(connection);

    public bool Turn(IWatchView view) => true;
}
