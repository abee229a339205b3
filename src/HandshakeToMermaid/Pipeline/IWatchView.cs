using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Pipeline;

/// <summary>A live analysis as it stands.</summary>
internal interface IWatchView
{
    /// <summary>Its counters.</summary>
    WatchCounters Counters { get; }

    /// <summary>The handshakes that are under way, the latest ones at most, in the order in which they began; their numbers are not given yet.</summary>
    IReadOnlyList<DiagnosedConnection> Running(int most);
}
