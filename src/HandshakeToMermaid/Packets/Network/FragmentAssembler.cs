using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Network;

// RFC 791 section 3.2 and RFC 8200 section 4.5, as an observer needs them:
//
// - IPv4: of bytes that come twice the first ones count. RFC 791 lets the last ones count; hosts differ, most drop.
// - IPv6: overlapping fragments spoil their datagram (RFC 5722); an exact repetition is no overlap.
// - A datagram waits AnalyzerLimits.FragmentSeconds of capture time, counted from its first fragment.

/// <summary>Puts the fragments of IP datagrams together.</summary>
internal sealed class FragmentAssembler(AnalyzerLimits limits)
{
    /// <summary>Datagrams that wait for fragments now.</summary>
    internal int Waiting => byKey.Count;

    /// <summary>Datagrams that had to go because too many others waited.</summary>
    internal long PushedOut { get; private set; }

    /// <summary>
    /// Adds the fragment that <paramref name="payload"/> describes. Where it completes its datagram, <paramref name="whole"/>
    /// holds it as far as it was captured, valid until the next call, and <paramref name="payload"/> then describes the whole.
    /// </summary>
    internal FragmentProgress Add(scoped ref Packet packet, ReadOnlySpan<byte> frame, scoped ref IpPayload payload, bool isIpv6, out ReadOnlySpan<byte> whole)
    {
        whole = default;
        if (payload.Length == 0 || (payload.MoreFragments && payload.Length % 8 != 0)) return Broken(ref packet, FaultKind.BadValue, payload.Start);
        if (payload.FragmentOffset + (long)payload.Length > LongestDatagram) return Broken(ref packet, FaultKind.TooLong, payload.Start);

        var key = new FragmentKey(packet.Source.Address, packet.Destination.Address, payload.Identification, isIpv6 ? (byte)0 : payload.Protocol, packet.Encapsulation);
        var datagram = Find(key, packet.Mark.Time);
        var captured = frame.Slice(payload.Start, Math.Min(payload.Length, frame.Length - payload.Start));
        var progress = datagram.Add(payload, packet.TimeToLive, captured, isIpv6, limits.FragmentsPerDatagram, out var fault);
        if (progress == FragmentProgress.Broken) return Broken(ref packet, fault.Kind, fault.Offset);
        if (progress == FragmentProgress.Waiting) return progress;

        if (buffer.Length < datagram.Length) buffer = new byte[LongestDatagram];
        whole = buffer.AsSpan(0, datagram.CopyTo(buffer));
        payload = new IpPayload { Length = datagram.Length, Protocol = datagram.Protocol };
        packet.Protocol = datagram.Protocol;
        packet.TimeToLive = datagram.TimeToLive;
        Forget(datagram);
        return FragmentProgress.Whole;
    }

    private FragmentedDatagram Find(in FragmentKey key, Timestamp now)
    {
        if (byKey.TryGetValue(key, out var datagram))
        {
            byAge.Remove(datagram.Node);
            byAge.AddLast(datagram.Node);
            if (now - datagram.Since <= patience) return datagram;
            datagram.Begin(key, now);
            return datagram;
        }

        if (byKey.Count >= Math.Max(limits.FragmentedDatagrams, 1)) MakeRoom(now);
        if (!free.TryPop(out datagram)) datagram = new FragmentedDatagram();
        datagram.Begin(key, now);
        byKey.Add(key, datagram);
        byAge.AddLast(datagram.Node);
        return datagram;
    }

    private void MakeRoom(Timestamp now)
    {
        var oldest = byAge.First!.Value;
        if (now - oldest.Since <= patience) PushedOut++;
        Forget(oldest);
    }

    private void Forget(FragmentedDatagram datagram)
    {
        byKey.Remove(datagram.Key);
        byAge.Remove(datagram.Node);
        free.Push(datagram);
    }

    private static FragmentProgress Broken(ref Packet packet, FaultKind kind, int offset)
    {
        packet.Break(kind, offset, "Fragment Offset");
        return FragmentProgress.Broken;
    }

    private readonly Dictionary<FragmentKey, FragmentedDatagram> byKey = [];
    private readonly LinkedList<FragmentedDatagram> byAge = new();
    private readonly Stack<FragmentedDatagram> free = new();
    private readonly Duration patience = Duration.FromSeconds(limits.FragmentSeconds);
    private byte[] buffer = [];

    /// <summary>What the 16-bit length fields of both versions can say.</summary>
    internal const int LongestDatagram = 65_535;
}
