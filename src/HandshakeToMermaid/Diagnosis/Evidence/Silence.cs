using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>How long a side heard nothing from the other.</summary>
internal static class Silence
{
    /// <summary>
    /// From a frame until the connection ended, or, where neither side ended it, until the capture time at which the flow was recorded.
    /// Never negative.
    /// </summary>
    public static Duration Since(FlowSummary flow, FrameMark since)
    {
        var until = flow.End is { } end ? end.Mark.Time : flow.Flow.SeenUntil > flow.Flow.Last.Time ? flow.Flow.SeenUntil : flow.Flow.Last.Time;
        return until > since.Time ? until - since.Time : default;
    }

    /// <summary>
    /// How long a connection stood open until the client closed it without a byte from either side, where the client may have waited for the
    /// server to speak first; null where it cannot have, or closed too soon to have waited.
    /// </summary>
    public static Duration? BeforeFirstByte(Connection connection)
    {
        if (!connection.Outcome.Class.IsAnyOf(OutcomeClass.ClosedByClient, OutcomeClass.ResetByClient) || connection.Flow is not { Tcp: { Ack: { IsSet: true } open } tcp } flow) return null;
        if (tcp.Forward.FirstPayload.IsSet || tcp.Reverse.FirstPayload.IsSet) return null;
        if (connection.Server.Endpoint is not { } server || ServicePorts.BeginsWithClient(server.Port)) return null;
        var waited = Since(flow, open);
        return waited >= Patience ? waited : null;
    }

    /// <summary>A client that closes sooner did not wait: health checks and scans are over in milliseconds.</summary>
    public static readonly Duration Patience = Duration.FromSeconds(1);

    /// <summary>Clients give up by then: a later answer is not expected.</summary>
    public static readonly Duration Hopeless = Duration.FromSeconds(10);
}
