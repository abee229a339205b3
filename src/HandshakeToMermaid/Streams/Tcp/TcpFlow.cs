using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>A TCP connection that the flow table follows, or followed.</summary>
internal sealed class TcpFlow : Flow
{
    private TcpTracker? tracker;
    private RecordedTcpFlow? recorded;

    internal TcpFlow(long ordinal, string capture, IpEndpoint initiator, IpEndpoint responder, FrameMark first)
        : base(ordinal, capture, initiator, responder, first)
    {
    }

    /// <summary>The frame of the SYN; not set where it was not seen, or not yet.</summary>
    public FrameMark Syn => tracker?.Syn ?? recorded!.Syn;

    /// <inheritdoc/>
    public override bool IsAnswered => tracker is null ? recorded!.IsAnswered : tracker.SynAck.IsSet;

    /// <inheritdoc/>
    public override bool IsOver => tracker is null || tracker.IsOver;

    /// <inheritdoc/>
    public override Timestamp LastActive => tracker?.LastActive ?? recorded!.Last.Time;

    /// <summary>True once a direction's first payload byte was seen, or is known to be missing.</summary>
    public bool HasSpoken(Direction from) => tracker is null ? recorded![from].FirstPayload.IsSet : tracker[from].FirstPayload.IsSet;

    /// <summary>The first bytes of a direction, up to its first gap; valid until the table takes another packet. Empty once the connection is closed.</summary>
    public ReadOnlySpan<byte> PeekStart(Direction from) => tracker is null ? default : tracker.Reader.Recording.StartOf(from);

    /// <inheritdoc/>
    public override RecordedTcpFlow Record(Timestamp now) => recorded ?? new RecordedTcpFlow(tracker!, tracker!.Reader.Copy(), now, isClosed: false);

    /// <summary>Takes its bytes as they come, besides their being recorded; null for none.</summary>
    public IStreamReader? Reader { get; internal set; }

    /// <summary>Its state while it is open.</summary>
    internal TcpTracker Tracker => tracker!;

    /// <summary>Its place in the order of deadlines.</summary>
    internal int HeapIndex { get; set; }

    /// <summary>The table follows it from here on.</summary>
    internal void Open(TcpTracker state)
    {
        tracker = state;
        state.Begin(this);
    }

    /// <summary>It is over: what was seen of it is recorded for good.</summary>
    /// <returns>The tracker, free for another connection.</returns>
    internal TcpTracker Close(Timestamp now, AnalyzerLimits limits)
    {
        var state = tracker!;
        state.Close(limits);
        recorded = new RecordedTcpFlow(state, state.Reader.Take(), now > state.LastActive ? now : state.LastActive, isClosed: true);
        tracker = null;
        return state;
    }
}
