using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Packets.Tunnels;
using HandshakeToMermaid.Protocols.Eap;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// Rewrites a capture in two passes: the first puts the beginning of each TCP stream and each handshake over UDP together and rewrites it, the second
/// writes the frames with what became of their bytes. Frames that hold neither of them, nor EAP, DNS nor an ICMP error, are left out.
/// </summary>
/// <param name="pseudonyms">What stands for what.</param>
/// <param name="key">What noise follows from.</param>
/// <param name="links">Which link types are read.</param>
/// <param name="tunnels">Which tunnels are read.</param>
/// <param name="shift">How times and dates are moved; null where they stay.</param>
internal sealed class CaptureRedaction(Pseudonyms pseudonyms, byte[] key, IReadOnlyList<LinkReader> links, IReadOnlyList<TunnelReader> tunnels, TimeShift? shift = null)
{
    private readonly Dictionary<(string Path, IpEndpoint From, IpEndpoint To), List<CollectedStream>> streams = [];
    private readonly FrameLayers layers = new(links, tunnels);
    private readonly HeaderRewriter headers = new(pseudonyms);
    private readonly CleartextRewriter cleartext = new(pseudonyms);
    private readonly DnsRewriter dns = new(pseudonyms, key);
    private readonly ConnectionIdPseudonyms ids = new(key);
    private FragmentedPackets? fragments;
    private EapolFlows? supplicants;
    private HandshakeRewriter? handshake;
    private DatagramFlows? datagrams;
    private long stored;
    private byte[] buffer = new byte[65_536];

    /// <summary>Frames that were written.</summary>
    public long Written { get; private set; }

    /// <summary>Frames that were left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>True where there is RADIUS, whose authenticators cannot be right without its secret.</summary>
    public bool HasRadius => Datagrams.HasRadius;

    private HandshakeRewriter Handshake => handshake ??= new HandshakeRewriter(pseudonyms, key, ids, shift);

    private DatagramFlows Datagrams => datagrams ??= new DatagramFlows(Handshake, cleartext, ids, pseudonyms, key);

    private FragmentedPackets Fragments => fragments ??= new FragmentedPackets(AnalyzerLimits.Default, new FrameLayers(links, tunnels));

    private EapolFlows Supplicants => supplicants ??= new EapolFlows(
        new PacketDecoder(AnalyzerLimits.Default, links, tunnels),
        static sink => new EapolConversations(AnalyzerLimits.Default, sink),
        () => new EapolRewriter(Handshake, cleartext, pseudonyms, key));

    /// <summary>The first pass: takes a frame.</summary>
    public void Collect(in CapturedFrame frame)
    {
        if (stored >= MaxStored || layers.Of(frame.Data, frame.Link) is not { } layout) return;
        if (layout.Packet.IsEapol)
        {
            stored += Supplicants.Collect(in frame);
        }
        else if (layout.Packet.Fragment is { } part)
        {
            stored += FragmentCost;
            if (Fragments.Collect(in frame, layout, part) is not { } whole) return;
            stored += whole.Bytes.Length;
            Collect(whole.Bytes, whole.Frame, whole.Layout);
        }
        else
        {
            Collect(frame.Data, frame.Mark.Frame, layout);
        }
    }

    private void Collect(ReadOnlySpan<byte> bytes, long frame, FrameLayout layout)
    {
        var at = layout.Packet;
        var payload = bytes[at.Payload..at.End];
        if (at.Protocol == IpProtocol.Udp)
        {
            if (!IsDns(bytes, at)) stored += Datagrams.Collect(frame, layout.Path, at.Endpoints(bytes), payload, at.PayloadLengthOfUdp(bytes));
        }
        else if (at.Protocol == IpProtocol.Tcp)
        {
            var (from, to) = at.Endpoints(bytes);
            var (sequence, isSyn) = Segment(bytes, at);
            if (!streams.TryGetValue((layout.Path, from, to), out var known)) streams[(layout.Path, from, to)] = known = [];
            var start = isSyn ? sequence + 1 : sequence;
            if (known.Count == 0 || (isSyn && known[^1].Start != start)) known.Add(new CollectedStream(start, frame));
            stored += known[^1].Add(start, payload);
        }
    }

    /// <summary>Between the passes: rewrites what was collected.</summary>
    public void Rewrite()
    {
        foreach (var ((_, from, to), known) in streams)
        {
            foreach (var stream in known)
            {
                var noise = NoiseOf(from, to);
                var tls = new TlsStreamRewriter(Handshake, cleartext, noise);
                if (IsDns(from.Port, to.Port)) stream.Rewrite(bytes => RewriteDns(bytes, noise), noise);
                else stream.Rewrite(tls.Rewrite, noise, tls.Resume);
            }
        }

        Datagrams.Rewrite();
        supplicants?.Rewrite();
        foreach (var whole in fragments?.All ?? []) whole.IsRewritten = TryRewrite(whole.Bytes, whole.Frame, whole.Layout);
    }

    /// <summary>The second pass: the frame as it may be shared; false for one that is left out. Valid until the next call.</summary>
    public bool TryRewrite(in CapturedFrame frame, out CapturedFrame redacted)
    {
        redacted = default;
        if (layers.Of(frame.Data, frame.Link) is not { } layout)
        {
            LeftOut++;
            return false;
        }

        if (buffer.Length < frame.Data.Length) buffer = new byte[frame.Data.Length];
        var bytes = buffer.AsSpan(0, frame.Data.Length);
        frame.Data.CopyTo(bytes);
        if (!TryRewrite(bytes, frame.Mark.Frame, layout))
        {
            LeftOut++;
            return false;
        }

        Written++;
        redacted = new CapturedFrame(shift?.Of(frame.Mark) ?? frame.Mark, frame.Link, bytes, Math.Max(frame.OriginalLength, (uint)bytes.Length));
        return true;
    }

    private bool TryRewrite(Span<byte> bytes, long frame, FrameLayout layout)
    {
        if (!TryPayload(bytes, frame, layout)) return false;
        bytes[layout.Packet.End..].Clear();
        headers.Rewrite(bytes, layout);
        return true;
    }

    private bool TryPayload(Span<byte> bytes, long frame, FrameLayout layout)
    {
        var at = layout.Packet;
        var payload = bytes[at.Payload..at.End];
        if (at.IsEapol) return Supplicants.TryApply(frame, payload);
        if (at.Fragment is not null) return Fragments.TryApply(frame, payload);
        switch (at.Protocol)
        {
            case IpProtocol.Tcp:
                var (from, to) = at.Endpoints(bytes);
                var (sequence, isSyn) = Segment(bytes, at);
                var noise = NoiseOf(from, to);
                if (streams.GetValueOrDefault((layout.Path, from, to))?.FindLast(s => s.SinceFrame <= frame) is { } stream) stream.CopyTo(isSyn ? sequence + 1 : sequence, payload, noise);
                else noise.Fill(payload, 0);
                return true;
            case IpProtocol.Udp when IsDns(bytes, at):
                if (!dns.Rewrite(payload)) TextMask.Fill(payload);
                return true;
            case IpProtocol.Udp:
                return Datagrams.TryApply(frame, layout.Path, at.Endpoints(bytes), payload, at.PayloadLengthOfUdp(bytes));
            case IpProtocol.Icmp when bytes[at.Transport] is 3 or 11 or 12:
            case IpProtocol.Icmpv6 when bytes[at.Transport] is >= 1 and <= 4:
                Quote(bytes, at);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The header of the packet that an ICMP error quotes stays, up to its ports.</summary>
    private void Quote(Span<byte> bytes, in PacketLayout at)
    {
        if (PacketLayout.OfQuoted(bytes, at.Payload, at.End) is not { } quoted)
        {
            bytes[at.Payload..at.End].Clear();
            return;
        }

        headers.Addresses(bytes, quoted);
        bytes[quoted.Payload..at.End].Clear();
        if (!quoted.IsIpv6) InternetChecksum.Write(bytes[quoted.Ip..quoted.Transport], InternetChecksum.PlaceInIpv4);
    }

    private void RewriteDns(Span<byte> bytes, Noise noise)
    {
        var at = 0;
        while (at + 2 <= bytes.Length)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
            if (at + 2 + length > bytes.Length) break;
            var message = bytes.Slice(at + 2, length);
            if (!dns.Rewrite(message)) noise.Fill(message, at);
            at += 2 + length;
        }

        noise.Fill(bytes[at..], at);
    }

    private Noise NoiseOf(IpEndpoint from, IpEndpoint to) => new(key, $"{from} {to}");

    private static (uint Sequence, bool IsSyn) Segment(ReadOnlySpan<byte> frame, in PacketLayout at) =>
        (BinaryPrimitives.ReadUInt32BigEndian(frame[(at.Transport + 4)..]), (frame[at.Transport + 13] & 2) != 0);

    private static bool IsDns(ReadOnlySpan<byte> frame, in PacketLayout at) =>
        IsDns(BinaryPrimitives.ReadUInt16BigEndian(frame[at.Transport..]), BinaryPrimitives.ReadUInt16BigEndian(frame[(at.Transport + 2)..]));

    private static bool IsDns(ushort source, ushort destination) => source is 53 or 5353 or 5355 || destination is 53 or 5353 or 5355;

    /// <summary>Beyond it streams are noise from their beginning, and datagrams of handshakes that were not seen are left out.</summary>
    private const long MaxStored = 512L * 1024 * 1024;

    /// <summary>What is noted of a fragment besides its bytes.</summary>
    private const int FragmentCost = 128;
}
