using System.Runtime.CompilerServices;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// The headers of the last few segments of one direction, by which a frame that was captured twice (on a bridge and its
/// port, on all interfaces at once, by a mirror port) is distinguished from a retransmission. A sender gives every
/// IPv4 packet another identification; where it writes none, only a copy comes within a millisecond, or by another tunnel or VLAN.
/// </summary>
internal struct RecentSegments
{
    private Ring ring;
    private int at;
    private Header latestAck;

    /// <summary>True where the frame of a bare acknowledgment was captured before, right behind itself; remembers it otherwise.</summary>
    public bool IsCopyOfAck(in Packet packet)
    {
        var numbers = NumbersOf(in packet);
        var rest = RestOf(in packet);
        if (latestAck.Numbers == numbers && latestAck.Rest == rest && rest != 0 && IsSoon(in packet, in latestAck)) return true;
        latestAck = new Header(numbers, rest, packet.Mark.Time, WayOf(in packet));
        return false;
    }

    /// <summary>True where the segment's frame was captured before; remembers it otherwise.</summary>
    public bool IsCopy(in Packet packet)
    {
        var numbers = NumbersOf(in packet);
        var rest = RestOf(in packet);
        for (var i = 0; i < Length; i++)
        {
            ref var seen = ref ring[i];
            if (seen.Numbers != numbers || seen.Rest != rest || rest == 0) continue; // 0: a place not used yet
            if (IsSoon(in packet, in seen)) return true;
        }

        ring[at] = new Header(numbers, rest, packet.Mark.Time, WayOf(in packet));
        at = (at + 1) % Length;
        return false;
    }

    private static ulong NumbersOf(in Packet packet) => ((ulong)packet.Sequence << 32) | packet.Acknowledgment;

    private static ulong RestOf(in Packet packet) =>
        packet.Identification | ((ulong)packet.Flags << 16) | ((ulong)packet.Window << 24) | ((ulong)(uint)Math.Max(packet.PayloadLength, packet.Payload.Length) << 40);

    private static int WayOf(in Packet packet) => packet.Encapsulation is { } way ? way.Number : 0;

    private static bool IsSoon(in Packet packet, in Header seen)
    {
        var since = packet.Mark.Time - seen.Time;
        var limit = packet.Identification != 0 || seen.Way != WayOf(in packet) ? IdentifiedCopy : Copy;
        return since < limit && since.Nanoseconds > -limit.Nanoseconds;
    }

    private static readonly Duration IdentifiedCopy = Duration.FromSeconds(1);
    private static readonly Duration Copy = Duration.FromMilliseconds(1);

    private const int Length = 4;

    private record struct Header(ulong Numbers, ulong Rest, Timestamp Time, int Way);

    [InlineArray(Length)]
    private struct Ring
    {
        private Header first;
    }
}
