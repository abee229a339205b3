using System.Globalization;
using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Tcp;

/// <summary>
/// The facts of TCP about a finished connection: its handshake, its anomalies, its end (RFC 9293). Everything is
/// taken from the flow; nothing is decoded here.
/// </summary>
internal sealed class TcpFacts : ProtocolFacts
{
    private IReadOnlyList<Step>? steps;
    private List<Unparsed>? notes;
    private PhaseSpan? span;

    /// <summary>The facts of a closed flow.</summary>
    public TcpFacts(RecordedTcpFlow flow) => Flow = flow;

    /// <summary>The connection.</summary>
    public RecordedTcpFlow Flow { get; }

    /// <inheritdoc/>
    public override string JsonKey => "tcp";

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps ??= StepsOf(Flow);

    /// <summary>The sender of the SYN; null where the capture joined later.</summary>
    public override Direction? ClientDirection => Flow.Syn.IsSet || Flow.SynAck.IsSet ? Direction.Forward : null;

    /// <inheritdoc/>
    public override PhaseSpan? Span => span ??= Flow.Syn.IsSet || Flow.SynAck.IsSet
        ? new PhaseSpan(Phase.Tcp, "TCP", [], Flow.Syn, Flow.Ack, Flow.Syn.IsSet && Flow.Ack.IsSet ? 1 : null)
        : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Unparsed> Unparsed => notes ??= UnparsedOf(Flow);

    /// <summary>
    /// Says how the connection turned out where TCP itself decided it; null where TCP did its part, and the protocol
    /// above speaks.
    /// </summary>
    public override Outcome? Judge(FlowSummary flow)
    {
        if (Flow.SynAck.IsSet) return JudgeAnswered(flow);
        if (!Flow.Syn.IsSet) return JudgeMidway();
        if (Flow.Reverse.Packets == 0 && Flow.Forward.Packets > 1 + Flow.Forward.Retransmissions && !HasOnlyReset(Flow.Forward)) return OneSided();
        // A client that waits for a SYN-ACK believes a RST only where it acknowledges the SYN (RFC 9293 section 3.10.7.3).
        if (FirstRst(Direction.Reverse) is { } refusal && Flow.Reverse.Delivered == 0 && !Flow.LacksSynAck && (refusal.Flags & TcpFlags.Ack) != 0 && !flow.LacksAnyOf(Direction.Forward))
        {
            return new Outcome(OutcomeClass.TcpRefused, Confidence.Certain, flow.ActorOf(refusal.From), refusal.Mark.Frame);
        }

        if (FirstUnreachable() is { } error && Flow.Reverse.Packets == 0)
        {
            return new Outcome(OutcomeClass.Unreachable, Confidence.Certain, flow.ActorAt(error.IcmpSender), error.Mark.Frame);
        }

        if (Flow.Reverse.Packets == 0 && flow.End is { IsReset: true } abort) return abort.Judge(flow);
        if (Flow.Reverse.Packets == 0) return JudgeUnanswered();
        return HasPayload(Flow.Forward) || HasPayload(Flow.Reverse) ? null : Incomplete();
    }

    /// <summary>Marks the steps of which bytes were sent, again and again, and never acknowledged.</summary>
    public override void MarkUndelivered(IReadOnlyList<Step> all)
    {
        Mark(all, Direction.Forward);
        Mark(all, Direction.Reverse);
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        WriteFrame(json, "syn_frame", Flow.Syn);
        WriteFrame(json, "syn_ack_frame", Flow.SynAck);
        WriteFrame(json, "ack_frame", Flow.Ack);
        if (Flow.Syn.IsSet && Flow.Ack.IsSet) json.WriteNumber("handshake_ms"u8, Flow.Ack.Time.Since(Flow.Syn.Time).Milliseconds);
        else json.WriteNull("handshake_ms"u8);
        var client = Flow[flow.Client];
        var server = Flow[flow.Client.Opposite()];
        json.WriteStartObject("retransmissions"u8);
        json.WriteNumber("client"u8, client.Retransmissions);
        json.WriteNumber("server"u8, server.Retransmissions);
        json.WriteEndObject();
        json.WriteStartObject("missing_bytes"u8);
        json.WriteNumber("client"u8, client.MissingBytes);
        json.WriteNumber("server"u8, server.MissingBytes);
        json.WriteEndObject();
        json.WriteString("end"u8, flow.End switch { null => "open", { IsReset: true } => "rst", _ => "fin" });
        if (flow.End is { } end) json.WriteString("ended_by"u8, flow.SideOf(end.By) == Side.Client ? "client" : "server");
        else json.WriteNull("ended_by"u8);
    }

    private void Mark(IReadOnlyList<Step> all, Direction from)
    {
        var half = Flow[from];
        var frames = half.Loss is { } loss ? loss.Sendings
            : half.UnacknowledgedFrames;
        if (frames.Count == 0 && !Flow.HasIcmp) return;
        var unacknowledged = frames.ToList();
        foreach (var e in Flow.Events)
        {
            if (e.Kind == TcpEventKind.Icmp && e.From == from && e.QuotedFrame > 0 && (IcmpNames.IsTooBig(e.Icmp) || IcmpNames.IsUnreachable(e.Icmp))) unacknowledged.Add(e.QuotedFrame);
        }

        foreach (var step in all)
        {
            if (step.From != from || step.Helper is not null || step.Phase == Phase.Close) continue;
            foreach (var frame in unacknowledged) step.IsUndelivered |= frame >= step.First.Frame && frame <= step.Last.Frame;
        }
    }

    private static void WriteFrame(Utf8JsonWriter json, string name, FrameMark mark)
    {
        if (mark.IsSet) json.WriteNumber(name, mark.Frame);
        else json.WriteNull(name);
    }

    /// <summary>The SYN was answered; the handshake may still have been broken off.</summary>
    private Outcome? JudgeAnswered(FlowSummary flow)
    {
        if (Flow.Forward.Packets == 0 || (Flow.Reverse.Packets == 0 && HasPayload(Flow.Forward))) return OneSided();
        if (Flow.Ack.IsSet || HasPayload(Flow.Forward)) return null;
        // A RST that stands behind bytes that were not captured ended something else than an unused connection.
        return flow.End is { IsReset: true } end && !flow.LacksAnyOf(Direction.Forward) && !flow.LacksAnyOf(Direction.Reverse) ? end.Judge(flow) : Incomplete();
    }

    private Outcome? JudgeMidway()
    {
        if (!HasPayload(Flow.Forward) && !HasPayload(Flow.Reverse)) return Incomplete();
        return Flow.Forward.Packets == 0 || Flow.Reverse.Packets == 0 ? OneSided() : null;
    }

    /// <summary>
    /// Nothing came back. That is a timeout where the client asked again, or where the capture went on for the second
    /// after which every system does (RFC 6298 section 2); a shorter capture is inconclusive.
    /// </summary>
    private Outcome JudgeUnanswered()
    {
        var last = LastSyn();
        if (Flow.Forward.Retransmissions > 0) return new Outcome(OutcomeClass.TcpTimeout, Confidence.Certain, OutcomeActor.None, last.Frame);
        return Flow.SeenUntil - last.Time >= FirstTimeout
            ? new Outcome(OutcomeClass.TcpTimeout, Confidence.Likely, OutcomeActor.None, last.Frame)
            : Incomplete();
    }

    private Outcome OneSided() => new(OutcomeClass.OneSided, Confidence.Certain, OutcomeActor.None, Flow.First.Frame);

    private Outcome Incomplete() => new(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, Flow.Last.Frame);

    private FrameMark LastSyn()
    {
        var last = Flow.Syn;
        foreach (var what in Flow.Events)
        {
            if (what is { From: Direction.Forward, Kind: TcpEventKind.SynRetransmission }) last = what.Mark;
        }

        return last;
    }

    private TcpEvent? FirstRst(Direction from)
    {
        foreach (var what in Flow.Events)
        {
            if (what.Kind == TcpEventKind.Rst && what.From == from) return what;
        }

        return null;
    }

    private TcpEvent? FirstUnreachable()
    {
        foreach (var what in Flow.Events)
        {
            if (what is { Kind: TcpEventKind.Icmp, From: Direction.Forward } && IcmpNames.IsUnreachable(what.Icmp)) return what;
        }

        return null;
    }

    /// <summary>True where a side sent nothing but SYNs and a RST: it gave up.</summary>
    private static bool HasOnlyReset(RecordedTcpHalf half) => half.Rst.IsSet && !HasPayload(half) && half.Packets <= 2 + half.Retransmissions;

    private static bool HasPayload(RecordedTcpHalf half) => half.FirstPayload.IsSet || half.MissingBytes > 0;

    private static IReadOnlyList<Step> StepsOf(RecordedTcpFlow flow)
    {
        var ordered = new List<Step>(flow.Events.Length);
        var isUnanswered = !flow.SynAck.IsSet && flow.Reverse.Packets == 0 && flow.Forward.Packets == 1 + flow.Forward.Retransmissions;
        foreach (var what in flow.Events)
        {
            if (what.Kind == TcpEventKind.KeepAlive) continue;
            ordered.Add(new TcpStep(what, HomeOf(what, flow), IsDeadEnd(what, flow, isUnanswered), flow[what.From].TimeToLive)
            {
                // An error travels towards the sender of the packet that it quotes.
                From = what.Kind == TcpEventKind.Icmp ? what.From.Opposite() : what.From,
                First = what.Mark,
                Last = what.Kind == TcpEventKind.Fin && what.Mark == flow[what.From].Fin ? flow[what.From].FinInOrder : what.Mark,
                IsFromPeer = what.Kind == TcpEventKind.Icmp && what.IcmpSender == (what.From == Direction.Forward ? flow.Responder : flow.Initiator).Address,
                IsAfterOwnFin = what.Kind == TcpEventKind.Rst && IsAfter(what.Mark, flow[what.From].Fin),
                IsBeforeReset = what.Kind == TcpEventKind.Fin && IsBeforeReset(what, flow),
            });
        }

        // An ACK that was captured before its SYN-ACK is noted after it.
        if (StepSequence.IsOrdered(ordered)) return ordered;
        var sequence = new StepSequence(0);
        foreach (var step in ordered) sequence.Add([step]);
        return sequence.ToArray();
    }

    private static bool IsAfter(FrameMark mark, FrameMark other) => other.IsSet && other.Frame < mark.Frame;

    /// <summary>True for the FIN that ended a connection which was then reset, and for that of the side that sent the RST.</summary>
    private static bool IsBeforeReset(in TcpEvent fin, RecordedTcpFlow flow)
    {
        var isFirst = !IsAfter(fin.Mark, flow[fin.From.Opposite()].Fin);
        return IsAfter(flow[fin.From].Rst, fin.Mark) || (isFirst && IsAfter(flow[fin.From.Opposite()].Rst, fin.Mark));
    }

    private static bool IsDeadEnd(in TcpEvent what, RecordedTcpFlow flow, bool isUnanswered) => what.Kind switch
    {
        TcpEventKind.Rst => !IsAfter(what.Mark, flow[what.From].Fin),
        TcpEventKind.Syn or TcpEventKind.SynRetransmission => isUnanswered,
        TcpEventKind.Gap => what.Gap == GapKind.LostOnPath,
        TcpEventKind.Icmp => isUnanswered && !flow.SynAck.IsSet && IcmpNames.IsUnreachable(what.Icmp),
        _ => false,
    };

    /// <summary>The band of an event; null if TCP alone cannot determine it.</summary>
    private static Phase? HomeOf(in TcpEvent what, RecordedTcpFlow flow)
    {
        switch (what.Kind)
        {
            case TcpEventKind.Syn or TcpEventKind.SynRetransmission or TcpEventKind.SynAck or TcpEventKind.SynAckRetransmission or TcpEventKind.Ack:
                return Phase.Tcp;
            case TcpEventKind.Fin:
                return Phase.Close;
        }

        var isOpening = flow.Ack.IsSet
            ? what.Mark.Frame <= flow.Ack.Frame
            : (flow.Syn.IsSet || flow.SynAck.IsSet) && !flow.Forward.FirstPayload.IsSet && !flow.Reverse.FirstPayload.IsSet;
        if (isOpening) return Phase.Tcp;
        return what.Kind == TcpEventKind.Rst ? Phase.Close : null;
    }

    private static List<Unparsed> UnparsedOf(RecordedTcpFlow flow)
    {
        var unparsed = new List<Unparsed>();
        AddGaps(unparsed, flow, UnparsedReason.Gap, GapKind.NotCaptured, "were not captured");
        AddGaps(unparsed, flow, UnparsedReason.Gap, GapKind.LostOnPath, "were lost on the path");
        AddGaps(unparsed, flow, UnparsedReason.CutPacket, GapKind.CutShort, "were cut off by the snaplen");
        AddGaps(unparsed, flow, UnparsedReason.Cap, GapKind.CapReached, "were skipped because too much data was buffered behind them");
        var isMidway = flow.Forward.JoinedMidway || flow.Reverse.JoinedMidway;
        if (flow.LacksSynAck || (isMidway && flow.Syn.IsSet)) unparsed.Add(new Unparsed(UnparsedReason.Gap, "the SYN-ACK was not captured", [flow.Syn.Frame]));
        else if (isMidway) unparsed.Add(new Unparsed(UnparsedReason.JoinedMidway, "the capture began mid-connection", [flow.First.Frame]));

        // One sequence number after the last byte is a FIN or a byte: which of them was not captured.
        if (flow.Forward.IsAcknowledgedBeyondCapture || flow.Reverse.IsAcknowledgedBeyondCapture) unparsed.Add(new Unparsed(UnparsedReason.Gap, "the last byte or a FIN was not captured", [flow.Last.Frame]));

        var isOneSided = flow.Forward.Packets == 0 || (flow.Reverse.Packets == 0 && (HasPayload(flow.Forward) || flow.SynAck.IsSet));
        if (isOneSided) unparsed.Add(new Unparsed(UnparsedReason.OneSided, "only one direction was captured", [flow.First.Frame]));
        if (flow.RejectedSegments > 0)
        {
            var what = flow.RejectedSegments == 1 ? "1 segment with sequence numbers that do" : string.Create(CultureInfo.InvariantCulture, $"{flow.RejectedSegments} segments with sequence numbers that do");
            unparsed.Add(new Unparsed(UnparsedReason.Fault, $"{what} not belong to the connection", [flow.FirstRejected.Frame]));
        }

        if (flow.EventsDropped > 0)
        {
            unparsed.Add(new Unparsed(UnparsedReason.Cap, string.Create(CultureInfo.InvariantCulture, $"{flow.EventsDropped} more TCP events are not shown"), [flow.Last.Frame]));
        }

        return unparsed;
    }

    private static void AddGaps(List<Unparsed> unparsed, RecordedTcpFlow flow, UnparsedReason kind, GapKind gap, string what)
    {
        var frames = new List<long>();
        long bytes = 0;
        foreach (var e in flow.Events)
        {
            if (e.Kind != TcpEventKind.Gap || e.Gap != gap) continue;
            bytes += e.Value;
            if (frames.Count == 0 || frames[^1] != e.Mark.Frame) frames.Add(e.Mark.Frame);
        }

        if (bytes > 0) unparsed.Add(new Unparsed(kind, string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes {what}"), frames));
    }

    /// <summary>The initial retransmission timeout.</summary>
    private static readonly Duration FirstTimeout = Duration.FromSeconds(1);
}
