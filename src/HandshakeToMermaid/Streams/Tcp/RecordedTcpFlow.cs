using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>What a capture holds of one TCP connection (RFC 9293): events, counters, and the bytes of both directions in order. Immutable.</summary>
internal sealed class RecordedTcpFlow : RecordedFlow
{
    private readonly TcpEvent[] events;
    private readonly RecordedSegment[] segments;
    private readonly byte[] forwardBytes;
    private readonly byte[] reverseBytes;

    internal RecordedTcpFlow(TcpTracker tracker, Timestamp seenUntil, bool isClosed)
        : base(tracker.Flow, tracker.Last, seenUntil, isClosed)
    {
        events = tracker.CopyEvents();
        (Syn, SynAck, Ack) = (tracker.Syn, tracker.SynAck, tracker.Ack);
        (End, EndedBy) = (tracker.End, tracker.EndedBy);
        (LacksSynAck, HasIcmp, EventsDropped) = (tracker.LacksSynAck, tracker.HasIcmp, tracker.EventsDropped);
        (RejectedSegments, FirstRejected) = (tracker.RejectedSegments, tracker.FirstRejected);
        Forward = new RecordedTcpHalf(tracker.Forward, tracker.UnacknowledgedFrames(Direction.Forward, seenUntil));
        Reverse = new RecordedTcpHalf(tracker.Reverse, tracker.UnacknowledgedFrames(Direction.Reverse, seenUntil));
        (segments, forwardBytes, reverseBytes) = tracker.Reader.Copy();
    }

    /// <summary>The frame of the first SYN.</summary>
    public FrameMark Syn { get; }

    /// <summary>The frame of the first SYN-ACK that counts.</summary>
    public FrameMark SynAck { get; }

    /// <summary>The frame of the ACK that completed the handshake.</summary>
    public FrameMark Ack { get; }

    /// <inheritdoc/>
    public override TcpEnd End { get; }

    /// <inheritdoc/>
    public override Direction EndedBy { get; }

    /// <inheritdoc/>
    public override bool IsAnswered => SynAck.IsSet;

    /// <summary>
    /// What happened, in capture order, at most <see cref="Limits.AnalyzerLimits.EventsPerFlow"/> of them. The last few places
    /// are reserved for handshake, FIN, RST and ICMP, so that many retransmissions do not hide how it ended.
    /// </summary>
    public IReadOnlyList<TcpEvent> Events => events;

    /// <summary>How many events were not recorded.</summary>
    public long EventsDropped { get; }

    /// <summary>True where the client acknowledges a SYN-ACK that the capture does not hold.</summary>
    public bool LacksSynAck { get; }

    /// <summary>True where an ICMP error quoted one of its packets.</summary>
    public bool HasIcmp { get; }

    /// <summary>Segments whose numbers do not belong to the connection, as its receiver would see it (RFC 9293 section 3.4): they were left out.</summary>
    public long RejectedSegments { get; }

    /// <summary>The first of them.</summary>
    public FrameMark FirstRejected { get; }

    /// <summary>What the initiator sent.</summary>
    public new RecordedTcpHalf Forward { get; }

    /// <summary>What the responder sent.</summary>
    public new RecordedTcpHalf Reverse { get; }

    /// <summary>What was sent in one direction.</summary>
    public new RecordedTcpHalf this[Direction direction] => direction == Direction.Forward ? Forward : Reverse;

    /// <summary>Bytes, gaps and omissions of both directions, in the order in which they could be read.</summary>
    public ReadOnlySpan<RecordedSegment> Segments => segments;

    /// <summary>The recorded bytes of one direction, one after the other; <see cref="Segments"/> shows where some are missing.</summary>
    public ReadOnlyMemory<byte> BytesOf(Direction from) => from == Direction.Forward ? forwardBytes : reverseBytes;

    /// <summary>The first bytes of a direction, up to its first gap.</summary>
    public ReadOnlySpan<byte> StartOf(Direction from) => BytesOf(from).Span[..RecordedSegment.LengthOfStart(segments, from, BytesOf(from).Length)];

    /// <summary>Gives everything to a reader as if it came now, until the reader is satisfied with a direction.</summary>
    public void ReadInto(IStreamReader reader)
    {
        foreach (ref readonly var segment in Segments)
        {
            if (reader.IsSatisfied(segment.From)) continue;
            var bytes = BytesOf(segment.From).Span.Slice(segment.Start, segment.Length);
            switch (segment.Kind)
            {
                case SegmentKind.Bytes:
                    reader.Bytes(segment.From, bytes, segment.Mark);
                    break;
                case SegmentKind.Gap:
                    reader.Gap(segment.From, new StreamGap(segment.Gap, segment.Missing, segment.Mark));
                    break;
                default:
                    reader.Omitted(segment.From, new StreamOmission(segment.Units, segment.Missing, segment.Mark, segment.Last), bytes);
                    break;
            }
        }
    }

    private protected override RecordedHalf HalfOf(Direction direction) => this[direction];
}
