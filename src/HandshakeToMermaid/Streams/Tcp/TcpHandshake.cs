using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Transport;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// The opening of a connection (RFC 9293 section 3.5): SYN, SYN-ACK and ACK in whatever order they were captured, and where the bytes of both
/// directions begin.
/// </summary>
/// <param name="flow">The connection.</param>
internal sealed class TcpHandshake(TcpTracker flow)
{
    // An acknowledgment that was seen before the SYN-ACK: captured in the wrong order, or the SYN-ACK was missed.
    private FrameMark earlyAck;
    private TcpFlags earlyAckFlags;
    private uint earlyAcknowledged;
    private Direction synAckFrom;

    // The first number that a side acknowledged of a direction of which nothing had been seen.
    private (Direction By, uint Number)? unseenAcknowledged;

    // An earlier SYN-ACK with another number: the client may answer that one.
    private (uint First, FrameMark Mark) superseded;

    /// <summary>True where the client acknowledged a SYN-ACK that had not been captured by then.</summary>
    public bool HasEarlyAck => earlyAck.IsSet;

    /// <summary>Becomes that of another connection.</summary>
    public void Renew()
    {
        (earlyAck, earlyAckFlags, earlyAcknowledged) = (default, default, 0);
        (superseded, synAckFrom, unseenAcknowledged) = (default, default, null);
    }

    /// <summary>Takes a SYN or SYN-ACK; false where it belongs to no connection that is known.</summary>
    public bool Synchronize(in Packet packet, Direction from, AnalyzerLimits limits)
    {
        var half = flow[from];
        var peer = flow[from.Opposite()];
        var first = unchecked(packet.Sequence + 1);
        var isAnswer = (packet.Flags & TcpFlags.Ack) != 0;
        if (half.HasBegun && unchecked((uint)half.Start) != first)
        {
            // The first answer was not used: a SYN proxy, or a server that lost its state, answers anew with another number.
            if (!isAnswer || half.IsInUse || flow.Ack.IsSet || !AcknowledgesSyn(in packet, from)) return flow.Reject(in packet);
            superseded = (unchecked((uint)half.Start), flow.SynAck);
            half.Begin(first);
            flow.SynAck = default;
        }

        if (!half.HasBegun)
        {
            if (isAnswer && !AcknowledgesSyn(in packet, from)) return flow.Reject(in packet);
            half.Begin(first);
        }

        if (half.MaximumSegmentSize == 0) half.MaximumSegmentSize = MaximumSegmentSizeIn(packet.Options);
        if (isAnswer)
        {
            NoteSynAck(in packet, from, half, limits);
            // The SYN was not captured, or comes later: its answer names the first byte.
            if (!peer.HasBegun) peer.Begin(packet.Acknowledgment);
        }
        else if (!half.HasSyn)
        {
            if (!flow.Syn.IsSet) flow.Syn = packet.Mark;
            flow.Note(TcpEventKind.Syn, from, in packet, 0, limits);
        }
        else
        {
            half.Retransmissions++;
            flow.Note(TcpEventKind.SynRetransmission, from, in packet, 0, limits);
        }

        half.HasSyn = true;
        half.JoinedMidway = false;
        return true;
    }

    /// <summary>True where a SYN-ACK acknowledges the other side's SYN, or some of the data sent with it (RFC 7413).</summary>
    public bool AcknowledgesSyn(in Packet packet, Direction from)
    {
        var peer = flow[from.Opposite()];
        if (!peer.HasBegun) return true;
        var position = peer.PositionOf(packet.Acknowledgment);
        return position >= peer.Start && position <= peer.Start + HalfStream.Reach;
    }

    /// <summary>
    /// The first segment of a direction is no SYN. Where the other side's SYN was seen, the first number that it
    /// acknowledged is where these bytes begin, or some bytes were missed before.
    /// </summary>
    public bool TryJoinMidway(in Packet packet, HalfStream half, HalfStream peer)
    {
        if (peer.HasSyn && (packet.Flags & TcpFlags.Ack) != 0)
        {
            // An answer to something else, such as the challenge ACK of a half-open connection (RFC 9293 section 3.5.1).
            var position = peer.PositionOf(packet.Acknowledgment);
            if (position < peer.Start || position > Math.Max(peer.Next, peer.Acknowledged) + HalfStream.Reach) return false;
        }

        half.JoinedMidway = true;
        var first = packet.Sequence;
        if (packet.PayloadLength == 0 && BeginsBefore(first, half)) first = unseenAcknowledged!.Value.Number;
        if (IsBehindEarlyAck(first, half)) first = earlyAcknowledged;
        half.Begin(first);
        return true;
    }

    /// <summary>
    /// A RST is the first segment of a direction whose SYN was not seen: where the other side had acknowledged less than it stands behind, bytes of this
    /// direction were not captured.
    /// </summary>
    public void BeginBefore(uint reset, HalfStream half)
    {
        uint first;
        if (BeginsBefore(reset, half)) first = unseenAcknowledged!.Value.Number;
        else if (IsBehindEarlyAck(reset, half)) first = earlyAcknowledged;
        else return;
        half.JoinedMidway = true;
        half.Begin(first);
    }

    /// <summary>True where the other side had acknowledged a number before this one, and nothing of this direction was seen.</summary>
    private bool BeginsBefore(uint number, HalfStream half) =>
        unseenAcknowledged is { } known && flow[known.By] != half && SequenceNumber.Distance(known.Number, number) is > 0 and <= MidwayHole;

    /// <summary>True where the client acknowledged a number before this one, and the SYN-ACK was not captured.</summary>
    private bool IsBehindEarlyAck(uint number, HalfStream half) => earlyAck.IsSet && flow[Direction.Reverse] == half && SequenceNumber.Distance(earlyAcknowledged, number) is > 0 and <= MidwayHole;

    /// <summary>Two SYN-ACKs came, and this acknowledges the first: that is the one that counts.</summary>
    public void RestoreSuperseded(in Packet packet, Direction from, HalfStream peer)
    {
        if (!superseded.Mark.IsSet || from == synAckFrom || packet.Acknowledgment != superseded.First || peer.IsInUse) return;
        peer.Begin(superseded.First);
        flow.SynAck = superseded.Mark;
    }

    /// <summary>Takes an acknowledgment before the handshake is complete: it may be the one that completes it.</summary>
    public void Acknowledge(in Packet packet, Direction from, HalfStream peer, AnalyzerLimits limits)
    {
        if (!flow.SynAck.IsSet)
        {
            if (!flow.Syn.IsSet && !peer.HasBegun) unseenAcknowledged ??= (from, packet.Acknowledgment);
            if (!flow.Syn.IsSet || earlyAck.IsSet || from != Direction.Forward) return;
            (earlyAck, earlyAcknowledged, earlyAckFlags) = (packet.Mark, packet.Acknowledgment, packet.Flags);
            return;
        }

        var position = peer.PositionOf(packet.Acknowledgment);
        if (from == synAckFrom || position < peer.Start || position > peer.Acknowledged) return;
        flow.Ack = packet.Mark;
        flow.Note(TcpEventKind.Ack, from, in packet, 0, limits);
    }

    private void NoteSynAck(in Packet packet, Direction from, HalfStream half, AnalyzerLimits limits)
    {
        if (flow.SynAck.IsSet)
        {
            if (from == synAckFrom) half.Retransmissions++;
            flow.Note(TcpEventKind.SynAckRetransmission, from, in packet, 0, limits);
            return;
        }

        flow.SynAck = packet.Mark;
        synAckFrom = from;
        flow.Note(TcpEventKind.SynAck, from, in packet, 0, limits);
        if (!earlyAck.IsSet) return;
        flow.Ack = earlyAck;
        flow.Note(new TcpEvent(TcpEventKind.Ack, from.Opposite(), earlyAck, 0, earlyAckFlags), limits);
    }

    /// <summary>The maximum segment size that a SYN's options offer, in bytes; 0 where they offer none.</summary>
    internal static int MaximumSegmentSizeIn(ReadOnlySpan<byte> options)
    {
        foreach (var option in new TcpOptions(options))
        {
            if (option.TryMaximumSegmentSize(out var bytes)) return bytes;
        }

        return 0;
    }

    /// <summary>Bytes that may be missing between the first acknowledged number and the first segment, for the former to be believed as the beginning.</summary>
    private const int MidwayHole = 64 * 1024;
}
