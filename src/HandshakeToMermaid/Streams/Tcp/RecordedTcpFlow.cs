using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>What a capture holds of one TCP connection (RFC 9293): events, counters, and the bytes of both directions in order. Immutable; only its bytes can be released.</summary>
internal sealed class RecordedTcpFlow : RecordedFlow
{
    private readonly TcpEvent[] events;
    private StreamRecording? recording;

    internal RecordedTcpFlow(TcpTracker tracker, StreamRecording recording, Timestamp seenUntil, RecordedState state)
        : base(tracker.Flow, tracker.Last, seenUntil, state)
    {
        this.recording = recording;
        events = tracker.CopyEvents();
        (Syn, SynAck, Ack) = (tracker.Syn, tracker.SynAck, tracker.Ack);
        (End, EndedBy) = (tracker.End, tracker.EndedBy);
        (LacksSynAck, HasIcmp, EventsDropped) = (tracker.LacksSynAck, tracker.HasIcmp, tracker.EventsDropped);
        (RejectedSegments, FirstRejected) = (tracker.RejectedSegments, tracker.FirstRejected);
        Forward = new RecordedTcpHalf(tracker.Forward, tracker.UnacknowledgedFrames(Direction.Forward, seenUntil));
        Reverse = new RecordedTcpHalf(tracker.Reverse, tracker.UnacknowledgedFrames(Direction.Reverse, seenUntil));
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
    public ReadOnlySpan<TcpEvent> Events => events;

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
    public ReadOnlySpan<RecordedSegment> Segments => Recording.Segments;

    /// <summary>The recorded bytes of one direction, one after the other; <see cref="Segments"/> says where some are missing between them.</summary>
    public ReadOnlyMemory<byte> BytesOf(Direction from) => Recording.MemoryOf(from);

    /// <summary>The first bytes of a direction, up to its first gap.</summary>
    public ReadOnlySpan<byte> StartOf(Direction from) => Recording.StartOf(from);

    /// <summary>Gives everything to a reader as if it came now, until the reader is satisfied with a direction.</summary>
    public void ReadInto(IStreamReader reader)
    {
        foreach (ref readonly var segment in Segments)
        {
            if (reader.IsSatisfied(segment.From)) continue;
            var bytes = BytesOf(segment.From).Span.Slice(segment.Start, segment.Length);
            if (segment.Absent is not { } absent) reader.Bytes(segment.From, bytes, segment.Mark);
            else if (segment.Kind == SegmentKind.Gap) reader.Gap(segment.From, new StreamGap(absent.Gap, absent.Length, segment.Mark));
            else reader.Omitted(segment.From, new StreamOmission(absent.Units, absent.Length, segment.Mark, absent.Last), bytes);
        }
    }

    /// <summary>
    /// The flow was read: gives up its bytes and segments, whose buffers serve other flows from here on. Everything else stays. Whoever asks for the bytes
    /// afterwards gets an exception, never those of another flow.
    /// </summary>
    internal override void ReleaseBytes()
    {
        if (Interlocked.Exchange(ref recording, null) is { } released) StreamRecording.Return(released);
    }

    /// <inheritdoc/>
    internal override int HeldBytes => recording is { } held ? held.LengthOf(Direction.Forward) + held.LengthOf(Direction.Reverse) : 0;

    private StreamRecording Recording => recording ?? throw new InvalidOperationException("The bytes of this flow were released when it had been read.");

    private protected override RecordedHalf HalfOf(Direction direction) => this[direction];
}
