using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>What a RST is worth: whether its receiver accepts it, and what it shows (RFC 9293 section 3.10.7).</summary>
internal static class TcpReset
{
    /// <summary>
    /// True for a RST without ACK of a side that had closed: it answers a segment and has that one's acknowledgment as its number (RFC 9293
    /// section 3.10.7.1). Where nothing captured acknowledges it, or nothing came within a round trip before, that segment was not captured. Where the
    /// beginning was not captured either, the FIN may be missing too.
    /// </summary>
    public static bool AnswersUncaptured(TcpTracker flow, in Packet packet, HalfStream half, Timestamp before)
    {
        if ((packet.Flags & TcpFlags.Ack) != 0 || (!half.Fin.IsSet && flow.Syn.IsSet)) return false;
        if (half.HasBegun && half.PositionOf(packet.Sequence) > half.Acknowledged) return true;
        return flow.Syn.IsSet && flow.Ack.IsSet && packet.Mark.Time - before > flow.Ack.Time - flow.Syn.Time + AnswerTime;
    }

    /// <summary>
    /// A RST counts where its number lies in the stream; before the sender's numbers are known, where it acknowledges
    /// what the other side sent (RFC 9293 section 3.10.7.3). Anything else its receiver ignores too.
    /// </summary>
    public static bool IsBelievable(TcpTracker flow, in Packet packet, Direction from)
    {
        var half = flow[from];
        if (half.HasBegun)
        {
            var position = half.PositionOf(packet.Sequence);
            return position >= half.Start - 1 && half.IsInReach(position, position);
        }

        var peer = flow[from.Opposite()];
        if ((packet.Flags & TcpFlags.Ack) == 0 || !peer.HasBegun) return true;
        var acknowledged = peer.PositionOf(packet.Acknowledgment);
        return acknowledged >= peer.Start - 1 && acknowledged <= peer.Next + HalfStream.Reach;
    }

    /// <summary>A system answers a segment to a closed port at once.</summary>
    private static readonly Duration AnswerTime = Duration.FromMilliseconds(50);
}
