using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Whether a segment belongs to a connection by its numbers (RFC 9293 section 3.4). Asked where it came by another tunnel or VLAN than those
/// before: a tunnel may be another one each way, a mirror port shows the same packet in two VLANs, and equal addresses in two tunnels are two
/// connections.
/// </summary>
internal static class SegmentOwnership
{
    /// <summary>True where the segment continues, answers or repeats what was seen of the connection.</summary>
    public static bool Is(TcpTracker flow, in Packet packet, Direction from)
    {
        var (half, peer) = (flow[from], flow[from.Opposite()]);
        var isAnswer = (packet.Flags & TcpFlags.Ack) != 0;
        if ((packet.Flags & TcpFlags.Syn) != 0)
        {
            var first = unchecked(packet.Sequence + 1);
            if (half.HasBegun) return unchecked((uint)half.Start) == first && IsSoon(flow, in packet);
            return isAnswer && peer.HasSyn && unchecked((uint)peer.Start) == packet.Acknowledgment;
        }

        if (!half.HasBegun) return isAnswer && peer.HasBegun && IsNear(peer, packet.Acknowledgment);
        return IsNear(half, packet.Sequence) && (!isAnswer || !peer.HasBegun || IsNear(peer, packet.Acknowledgment));
    }

    private static bool IsSoon(TcpTracker flow, in Packet packet)
    {
        var since = packet.Mark.Time - flow.LastActive;
        return since < SameMoment && since.Nanoseconds > -SameMoment.Nanoseconds;
    }

    private static bool IsNear(HalfStream half, uint number)
    {
        var position = half.PositionOf(number);
        return position >= half.Start - 1 && position <= Math.Max(half.Next, half.Acknowledged) + HalfStream.Reach;
    }

    /// <summary>A copy comes within it; another connection that happens to have the same first number comes later.</summary>
    private static readonly Duration SameMoment = Duration.FromSeconds(1);
}
