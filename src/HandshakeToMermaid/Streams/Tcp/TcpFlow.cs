using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>A TCP connection that the flow table follows, or followed.</summary>
internal sealed class TcpFlow : Flow
{
    private readonly HeldSyn syn;
    private TcpTracker? tracker;
    private RecordedTcpFlow? recorded;

    // Set once its record is released.
    private FrameMark last;

    internal TcpFlow(long ordinal, string capture, IpEndpoint initiator, IpEndpoint responder, FrameMark first, in HeldSyn syn = default)
        : base(ordinal, capture, initiator, responder, first) => this.syn = syn;

    /// <summary>The frame of the SYN; not set where it was not seen, or not yet.</summary>
    public FrameMark Syn => tracker?.Syn ?? recorded?.Syn ?? First;

    /// <inheritdoc/>
    public override bool IsAnswered => tracker?.SynAck.IsSet ?? recorded?.IsAnswered ?? last.IsSet;

    /// <inheritdoc/>
    public override bool IsOver => tracker?.IsOver ?? Index == Closed;

    /// <inheritdoc/>
    public override Timestamp LastActive => tracker?.LastActive ?? recorded?.Last.Time ?? (last.IsSet ? last.Time : First.Time);

    /// <summary>True once a direction's first payload byte was seen, or is known to be missing.</summary>
    public bool HasSpoken(Direction from) => tracker?[from].FirstPayload.IsSet ?? recorded?[from].FirstPayload.IsSet ?? false;

    /// <summary>The first bytes of a direction, up to its first gap; valid until the table takes another packet. Empty once the connection is closed.</summary>
    public ReadOnlySpan<byte> PeekStart(Direction from) => tracker is null ? default : tracker.Reader.Recording.StartOf(from, mayJoinMidway: true);

    /// <inheritdoc/>
    public override RecordedTcpFlow Record(Timestamp now)
    {
        if (recorded is not null) return recorded;
        if (tracker is not null) return new RecordedTcpFlow(tracker, tracker.Reader.Copy(), now, RecordedState.Open);
        if (last.IsSet) throw new InvalidOperationException("The record of this flow was released when it had been reported.");
        var state = new TcpTracker();
        Replay(state, AnalyzerLimits.Default, null);
        return new RecordedTcpFlow(state, state.Reader.Take(), now, RecordedState.Open);
    }

    /// <summary>Takes its bytes as they come, besides their being recorded; null for none.</summary>
    public IStreamReader? Reader { get; internal set; }

    /// <summary>True while its SYN is all that was seen of it: it needs no tracker yet.</summary>
    internal bool IsSynAlone => tracker is null && recorded is null && !last.IsSet;

    /// <summary>Its state while it is open and more than its SYN was seen.</summary>
    internal TcpTracker Tracker => tracker!;

    /// <summary>Its place in the order of deadlines.</summary>
    internal int HeapIndex { get; set; }

    /// <summary>A tracker follows it from here on.</summary>
    internal void Track(TcpTracker state, AnalyzerLimits limits, ITcpFlowListener listener, bool hasHeldSyn)
    {
        tracker = state;
        Reader = listener.ReaderFor(this);
        if (hasHeldSyn) Replay(state, limits, listener);
        else state.Begin(this, limits, listener);
    }

    /// <summary>It is over, or given up: what was seen of it is recorded for good.</summary>
    /// <returns>The tracker, free for another connection.</returns>
    internal TcpTracker Close(Timestamp now, AnalyzerLimits limits, RecordedState how)
    {
        var state = tracker!;
        state.Close(limits);
        recorded = new RecordedTcpFlow(state, state.Reader.Take(), now > state.LastActive ? now : state.LastActive, how);
        tracker = null;
        return state;
    }

    /// <summary>
    /// It was reported. Where it was answered, nobody asks for its record again: a flow that was open during a collection would carry it through the next
    /// ones, although both are garbage. One that was not answered may be drawn as an attempt of another one.
    /// </summary>
    internal void ReleaseRecord()
    {
        if (recorded is { IsAnswered: true } reported) (last, recorded) = (reported.Last, null);
    }

    /// <summary>It is given up without a record.</summary>
    /// <returns>The tracker, free for another connection; null where it had none.</returns>
    internal TcpTracker? Drop()
    {
        var state = tracker;
        tracker = null;
        state?.Drop();
        return state;
    }

    private void Replay(TcpTracker state, AnalyzerLimits limits, ITcpFlowListener? listener)
    {
        state.Begin(this, limits, listener);
        var packet = syn.PacketOf(this);
        state.Take(in packet, Direction.Forward, limits);
        state.Forward.MaximumSegmentSize = syn.MaximumSegmentSize;
    }
}
