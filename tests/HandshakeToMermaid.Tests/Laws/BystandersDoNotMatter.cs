using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>Other connections, look-ups of others and frames of other protocols change nothing that is said of a connection but its number.</summary>
internal static class BystandersDoNotMatter
{
    /// <summary>The capture among others, each by name. Frames keep their numbers, so that nothing need change.</summary>
    public static IEnumerable<(string What, MemoryCapture Among)> Crowds(MemoryCapture capture, IReadOnlyList<DiagnosedConnection> alone, MemoryCapture other)
    {
        // A stamp that is hours off is told by the frames around it: others between them change what is known of it.
        var isSteady = capture.Frames.Zip(capture.Frames.Skip(1)).All(p => p.Second.Time - p.First.Time > Duration.FromSeconds(-60));
        if (isSteady) yield return ($"among {other.Name} of other hosts", capture.Interleave(Relocated(other.Frames, AllHosts(other))));
        yield return ("among the same from other clients", capture.Interleave(Relocated(capture.Frames, AllHosts(capture))));

        // A host that asked over the other version of IP is told by being the only one that asked: another that asks the same takes that away.
        if (alone.All(c => c.Connection.Queries.All(l => c.Connection.Flow is null || l.Client.Address == c.Connection.Client.Endpoint?.Address)))
            yield return ("among other clients' look-ups of the same names", capture.Interleave(Relocated(LookupsOf(capture), Clients(capture))));
        yield return ("among ARP frames and unknown protocols", capture.Interleave(capture.Frames.Where(f => f.Link == LinkType.Ethernet).SelectMany((f, i) => new[] { f with { Data = Arp }, f with { Data = Unknown } })));
    }

    /// <summary>What the law finds wrong.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<DiagnosedConnection> alone, MemoryCapture among, byte[] keyLog)
    {
        var own = among.Read(keyLog).Where(c => c.Connection.First.Frame < CaptureTransformations.OthersFrom).ToList();
        if (own.Count != alone.Count) yield return $"{alone.Count} connections become {own.Count}";
        foreach (var (before, after) in alone.Zip(own))
        {
            var (one, other) = (ConnectionText.Lasting(before), ConnectionText.Lasting(after));
            if (one != other) yield return $"connection {before.Connection.Id} changes: {ConnectionText.Difference(one, other)}";
        }
    }

    private static IEnumerable<MemoryFrame> LookupsOf(MemoryCapture capture)
        => capture.Frames.Zip(capture.Headers()).Where(p => p.Second.Kind == PacketKind.Udp && (p.Second.Source.Port == 53 || p.Second.Destination.Port == 53)).Select(p => p.First);

    private static List<IpAddress> AllHosts(MemoryCapture capture) => [.. capture.Headers().Where(h => h.Kind is PacketKind.Tcp or PacketKind.Udp or PacketKind.Eapol).SelectMany(h => new[] { h.Source.Address, h.Destination.Address }).Where(a => !a.IsLinkGroup).Distinct()];

    private static List<IpAddress> Clients(MemoryCapture capture) => [.. capture.Headers().Where(h => h.Kind == PacketKind.Udp && h.Destination.Port == 53).Select(h => h.Source.Address).Distinct()];

    /// <summary>The same frames of other hosts: wherever one of the addresses stands, in a header or in an answer of the DNS, another does.</summary>
    private static IEnumerable<MemoryFrame> Relocated(IEnumerable<MemoryFrame> frames, List<IpAddress> hosts)
    {
        var addresses = hosts.ConvertAll(a => a.ToIPAddress().GetAddressBytes()[(a.IsLinkLayer ? 10 : 0)..]);
        foreach (var frame in frames)
        {
            var data = (byte[])frame.Data.Clone();
            foreach (var address in addresses)
            {
                for (var at = 0; at + address.Length <= data.Length; at++)
                {
                    if (frame.Data.AsSpan(at).StartsWith(address)) data[at + address.Length - 2] = (byte)(frame.Data[at + address.Length - 2] ^ 0x55);
                }
            }

            yield return frame with { Data = data };
        }
    }

    private static readonly byte[] Arp = Convert.FromHexString("FFFFFFFFFFFF020000000001080600010800060400010200000000010A0000010000000000000A0000020000000000000000000000000000000000000000");
    private static readonly byte[] Unknown = Convert.FromHexString("0180C200000E02000000000188CC0207040200000000010405020000000106020078000000000000000000000000000000000000000000000000000000000000");
}
