using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>The first FIN or RST of a TCP connection: who ended it, and how (RFC 9293 sections 3.5.3 and 3.6).</summary>
/// <param name="Mark">Its frame.</param>
/// <param name="By">The direction of its sender.</param>
/// <param name="IsReset">True for a RST.</param>
internal readonly record struct ConnectionEnd(FrameMark Mark, Direction By, bool IsReset)
{
    /// <summary>The end of a connection; null where the capture shows none, and over UDP.</summary>
    public static ConnectionEnd? Of(RecordedTcpFlow? flow)
    {
        if (flow is null || flow.End == TcpEnd.Open) return null;
        var half = flow[flow.EndedBy];
        var isReset = flow.End == TcpEnd.Rst;
        return new ConnectionEnd(isReset ? half.Rst : half.Fin, flow.EndedBy, isReset);
    }

    /// <summary>The first FIN or RST of one side; null where the capture shows none, and over UDP.</summary>
    public static ConnectionEnd? Of(RecordedTcpFlow? flow, Direction side)
    {
        if (flow is null) return null;
        var half = flow[side];
        if (half.Rst.IsSet && !(half.Fin.IsSet && half.Rst.IsAfter(half.Fin))) return new ConnectionEnd(half.Rst, side, IsReset: true);
        return half.Fin.IsSet ? new ConnectionEnd(half.Fin, side, IsReset: false) : null;
    }

    /// <summary>The outcome of a connection that ended so before it was established, and of which the capture lacks nothing.</summary>
    public Outcome Judge(FlowSummary flow)
    {
        var actor = flow.ActorOf(By);
        var kind = actor == OutcomeActor.Client
            ? IsReset ? OutcomeClass.ResetByClient : OutcomeClass.ClosedByClient
            : IsReset ? OutcomeClass.ResetByServer : OutcomeClass.ClosedByServer;
        var isForeign = kind == OutcomeClass.ResetByServer && flow.Tcp is { } tcp && ForeignReset.Of(tcp) is not null;
        return new Outcome(kind, isForeign ? Confidence.Likely : Confidence.Certain, isForeign ? OutcomeActor.Network : actor, Mark.Frame);
    }
}
