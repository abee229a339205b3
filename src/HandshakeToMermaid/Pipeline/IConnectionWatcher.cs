using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Pipeline;

/// <summary>
/// Receives connections while they happen, on the thread that reads the capture. What it receives is a snapshot of a connection that
/// goes on and is to be used at once.
/// </summary>
internal interface IConnectionWatcher
{
    /// <summary>A handshake is decided: established, failed, or timed out. Once per connection, which has its number from now on.</summary>
    void Decided(DiagnosedConnection connection);

    /// <summary>An earlier report has changed: an answer came after the time-out, or the server refused after the client was done.</summary>
    void Revised(DiagnosedConnection connection);

    /// <summary>
    /// A connection is over; nothing more is learned of it. Those that had begun before the capture come here without having
    /// been decided, with number 0.
    /// </summary>
    void Over(DiagnosedConnection connection);

    /// <summary>Called every few milliseconds; false ends the analysis.</summary>
    bool Turn(IWatchView view);
}
