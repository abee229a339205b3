using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>
/// Connections that were reported a while ago. Segments without SYN that come too late for them (a repeated FIN, a RST,
/// data sent before the RST arrived) are no new connection. Kept by hash alone: 64 keyed bits do not collide by chance.
/// </summary>
internal sealed class Tombstones
{
    private readonly Dictionary<ulong, Tombstone> stones = [];
    private readonly Queue<(ulong Hash, long Serial)> order = new();
    private long serial;

    /// <summary>Remembers a flow that was closed.</summary>
    public void Bury(TcpFlow flow, Timestamp now)
    {
        if (order.Count == Capacity)
        {
            var (hash, buried) = order.Dequeue();
            if (stones.TryGetValue(hash, out var oldest) && oldest.Serial == buried) stones.Remove(hash);
        }

        var (lower, upper) = IsLower(flow.Initiator, flow.Responder) ? (flow.Forward, flow.Reverse) : (flow.Reverse, flow.Forward);
        var rest = flow.End == TcpEnd.Open ? SilentRest : EndedRest;
        stones[flow.Hash] = new Tombstone(now + rest, ++serial, NextOf(lower), NextOf(upper));
        order.Enqueue((flow.Hash, serial));
    }

    /// <summary>A new connection uses the endpoints.</summary>
    public void Forget(ulong hash) => stones.Remove(hash);

    /// <summary>True where a segment without SYN belongs to a connection that was reported.</summary>
    public bool Claims(ulong hash, in Packet packet)
    {
        if (!stones.TryGetValue(hash, out var stone)) return false;
        if (packet.Mark.Time > stone.Expires)
        {
            stones.Remove(hash);
            return false;
        }

        if (packet.PayloadLength == 0) return true;
        var isLower = IsLower(packet.Source, packet.Destination);
        var next = isLower ? stone.Lower : stone.Upper;
        if (next is not { } known) return true;
        if (Math.Abs((long)SequenceNumber.Distance(known, packet.Sequence)) > Reach) return false;
        var end = unchecked(packet.Sequence + (uint)packet.PayloadLength);
        if (SequenceNumber.IsBefore(end, known)) return true;
        stones[hash] = isLower ? stone with { Lower = end } : stone with { Upper = end };
        return true;
    }

    private static uint? NextOf(HalfStream half) => half.HasBegun ? unchecked((uint)half.Next) : null;

    private static bool IsLower(in IpEndpoint one, in IpEndpoint other)
    {
        if (one.Address.High != other.Address.High) return one.Address.High < other.Address.High;
        if (one.Address.Low != other.Address.Low) return one.Address.Low < other.Address.Low;
        return one.Port < other.Port;
    }

    /// <summary>Connections remembered at most; 64 Ki ephemeral ports to one server.</summary>
    internal const int Capacity = 65_536;

    /// <summary>Bytes around the last known number that late data may lie in.</summary>
    private const long Reach = 4 * 1024 * 1024;

    /// <summary>An ended connection sends nothing after TIME-WAIT, 60 seconds in practice.</summary>
    private static readonly Duration EndedRest = Duration.FromSeconds(60);

    /// <summary>A silent one may wake up: keep-alives begin after two hours.</summary>
    private static readonly Duration SilentRest = Duration.FromSeconds(2 * 3600);
}
