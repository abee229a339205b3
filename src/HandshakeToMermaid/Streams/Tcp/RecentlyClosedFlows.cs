using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Connections that were reported a while ago. Segments without SYN that come too late for them (a repeated FIN, a RST,
/// data sent before the RST arrived) are no new connection. Kept by hash alone: 64 keyed bits do not collide by chance.
/// </summary>
internal sealed class RecentlyClosedFlows
{
    private readonly FlowSlots places = new();
    private readonly List<ClosedFlow[]> blocks = [];
    private int free;

    /// <summary>Remembers a flow that was closed; where there is no room, in the place of the oldest.</summary>
    public void Add(TcpFlow flow, TcpTracker tracker)
    {
        Forget(flow.Hash);
        var place = free;
        free = (free + 1) % Capacity;
        if (place / BlockSize == blocks.Count) blocks.Add(new ClosedFlow[BlockSize]);
        places.Remove(At(place).Hash, place);

        var (lower, upper) = IsLower(flow.Initiator, flow.Responder) ? (tracker.Forward, tracker.Reverse) : (tracker.Reverse, tracker.Forward);
        var rest = tracker.End == TcpEnd.Open ? SilentRest : EndedRest;
        At(place) = new ClosedFlow(flow.Hash, tracker.LastActive + rest, NextOf(lower), NextOf(upper));
        places.Add(flow.Hash, place);
    }

    /// <summary>A new connection uses the endpoints.</summary>
    public void Forget(ulong hash)
    {
        if (Find(hash) is >= 0 and var place) places.Remove(hash, place);
    }

    /// <summary>True where a segment without SYN belongs to a connection that was reported.</summary>
    public bool Owns(ulong hash, in Packet packet)
    {
        var place = Find(hash);
        if (place < 0) return false;
        ref var stone = ref At(place);
        if (packet.Mark.Time > stone.Expires)
        {
            places.Remove(hash, place);
            return false;
        }

        if (packet.PayloadLength == 0) return true;
        var isLower = IsLower(packet.Source, packet.Destination);
        var next = isLower ? stone.Lower : stone.Upper;
        if (next is not { } known) return true;
        if (Math.Abs((long)SequenceNumber.Distance(known, packet.Sequence)) > Reach) return false;
        var end = unchecked(packet.Sequence + (uint)packet.PayloadLength);
        if (SequenceNumber.IsBefore(end, known)) return true;
        stone = isLower ? stone with { Lower = end } : stone with { Upper = end };
        return true;
    }

    private int Find(ulong hash)
    {
        var slot = places.Begin(hash);
        while (true)
        {
            var place = places.Next(hash, ref slot);
            if (place < 0 || At(place).Hash == hash) return place;
        }
    }

    private ref ClosedFlow At(int place) => ref blocks[place / BlockSize][place % BlockSize];

    private static uint? NextOf(HalfStream half) => half.HasBegun ? unchecked((uint)half.Next) : null;

    private static bool IsLower(in IpEndpoint one, in IpEndpoint other)
    {
        if (one.Address.High != other.Address.High) return one.Address.High < other.Address.High;
        if (one.Address.Low != other.Address.Low) return one.Address.Low < other.Address.Low;
        return one.Port < other.Port;
    }

    /// <summary>Connections remembered at most; 64 Ki ephemeral ports to one server.</summary>
    internal const int Capacity = 65_536;

    /// <summary>Room is taken in blocks, so that nothing large is given up when it grows.</summary>
    private const int BlockSize = 2048;

    /// <summary>Bytes around the last known number that late data may lie in.</summary>
    private const long Reach = 4 * 1024 * 1024;

    /// <summary>An ended connection sends nothing after TIME-WAIT, 60 seconds in practice.</summary>
    private static readonly Duration EndedRest = Duration.FromSeconds(60);

    /// <summary>A silent one may wake up: keep-alives begin after two hours.</summary>
    private static readonly Duration SilentRest = Duration.FromSeconds(2 * 3600);
}
