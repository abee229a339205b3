using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Network;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// Datagrams that came in fragments: they are put together as when a capture is read, rewritten as a whole, and each fragment gets its part. Fragments of
/// datagrams that are not whole are left out.
/// </summary>
/// <param name="limits">The caps on fragments.</param>
/// <param name="layers">Finds the headers inside.</param>
internal sealed class FragmentedPackets(AnalyzerLimits limits, FrameLayers layers)
{
    private readonly Dictionary<string, FragmentAssembler> assemblers = [];
    private readonly Dictionary<(string Path, FragmentKey Key), List<(long Frame, int Offset)>> waiting = [];
    private readonly Dictionary<long, (WholePacket Packet, int Offset)> parts = [];
    private readonly List<WholePacket> all = [];

    /// <summary>Datagrams that are whole.</summary>
    public IReadOnlyList<WholePacket> All => all;

    /// <summary>Takes a fragment in the first pass; the datagram where it completes one.</summary>
    public WholePacket? Collect(in CapturedFrame frame, FrameLayout layout, in FragmentPart part)
    {
        var at = layout.Packet;
        var (source, destination) = at.Addresses(frame.Data);
        var packet = new Packet { Mark = frame.Mark, Source = new IpEndpoint(source, 0), Destination = new IpEndpoint(destination, 0) };
        var payload = new IpPayload
        {
            Start = at.Payload,
            Length = part.Length,
            Protocol = at.Protocol,
            IsFragment = true,
            Identification = part.Identification,
            FragmentOffset = part.Offset,
            MoreFragments = part.HasMore,
        };
        if (!assemblers.TryGetValue(layout.Path, out var assembler))
        {
            if (assemblers.Count >= limits.EncapsulationPaths) return null;
            assemblers[layout.Path] = assembler = new FragmentAssembler(limits);
        }

        var key = (layout.Path, new FragmentKey(source, destination, part.Identification, at.IsIpv6 ? (byte)0 : at.Protocol, null));
        if (!waiting.TryGetValue(key, out var frames)) waiting[key] = frames = [];
        frames.Add((frame.Mark.Frame, part.Offset));
        if (assembler.Add(ref packet, frame.Data[..at.End], ref payload, at.IsIpv6, out var whole) != FragmentProgress.Whole) return null;
        waiting.Remove(key);
        if (Packet(frame.Data, at, payload, whole) is not { } bytes || layers.Of(bytes, LinkType.Raw) is not { Packet: { Fragment: null, IsEapol: false } } inside) return null;
        var put = new WholePacket(frame.Mark.Frame, bytes, inside with { Path = layout.Path + inside.Path });
        all.Add(put);
        foreach (var (number, offset) in frames) parts[number] = (put, HeaderLength(at.IsIpv6) + offset);
        return put;
    }

    /// <summary>Gives a fragment its part of what was rewritten; false for one that is left out. What was not captured of another fragment is zeros.</summary>
    public bool TryApply(long frame, Span<byte> payload)
    {
        if (!parts.TryGetValue(frame, out var part) || !part.Packet.IsRewritten) return false;
        var bytes = part.Packet.Bytes.AsSpan(Math.Min(part.Offset, part.Packet.Bytes.Length));
        bytes = bytes[..Math.Min(bytes.Length, payload.Length)];
        bytes.CopyTo(payload);
        payload[bytes.Length..].Clear();
        return true;
    }

    /// <summary>The datagram in a header without options; null where it is too long for one.</summary>
    private static byte[]? Packet(ReadOnlySpan<byte> frame, in PacketLayout fragment, in IpPayload payload, ReadOnlySpan<byte> whole)
    {
        var isIpv6 = fragment.IsIpv6;
        var header = HeaderLength(isIpv6);
        var length = payload.Length + (isIpv6 ? 0 : header);
        if (length > ushort.MaxValue) return null;
        var bytes = new byte[header + whole.Length];
        bytes[0] = (byte)(isIpv6 ? 0x60 : 0x45);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(isIpv6 ? 4 : 2), (ushort)length);
        bytes[isIpv6 ? 6 : 9] = payload.Protocol;
        var addresses = isIpv6 ? 8 : 12;
        frame[(fragment.Ip + addresses)..(fragment.Ip + header)].CopyTo(bytes.AsSpan(addresses));
        whole.CopyTo(bytes.AsSpan(header));
        return bytes;
    }

    private static int HeaderLength(bool isIpv6) => isIpv6 ? 40 : 20;
}
