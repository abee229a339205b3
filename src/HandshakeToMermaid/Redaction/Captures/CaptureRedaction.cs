using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// Rewrites a capture in two passes: the first puts the beginning of each TCP stream together and rewrites it, the second writes the frames with what
/// became of their bytes. Frames that hold neither TCP nor DNS nor an ICMP error are left out, and
/// so are those inside a tunnel, whose own addresses would stay.
/// </summary>
internal sealed class CaptureRedaction(Pseudonyms pseudonyms, byte[] key, IReadOnlyList<LinkReader> links)
{
    private readonly Dictionary<(IpEndpoint From, IpEndpoint To), List<CollectedStream>> streams = [];
    private readonly HandshakeRewriter handshake = new(pseudonyms, key);
    private readonly CleartextRewriter cleartext = new(pseudonyms);
    private readonly DnsRewriter dns = new(pseudonyms, key);
    private long stored;
    private byte[] buffer = new byte[65_536];

    /// <summary>Frames that were written.</summary>
    public long Written { get; private set; }

    /// <summary>Frames that were left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>The first pass: takes a frame.</summary>
    public void Collect(in CapturedFrame frame)
    {
        if (!LinkAddresses.CanRewrite(frame.Link) || PacketLayout.Of(frame.Data, frame.Link, links) is not { Protocol: IpProtocol.Tcp } at) return;
        var (from, to, sequence, isSyn) = Segment(frame.Data, at);
        if (!streams.TryGetValue((from, to), out var known)) streams[(from, to)] = known = [];
        var start = isSyn ? sequence + 1 : sequence;
        if (known.Count == 0 || (isSyn && known[^1].Start != start)) known.Add(new CollectedStream(start, frame.Mark.Frame));
        if (stored < MaxStored) stored += known[^1].Add(start, frame.Data[at.Payload..at.End]);
    }

    /// <summary>Between the passes: rewrites what was collected.</summary>
    public void Rewrite()
    {
        foreach (var ((from, to), known) in streams)
        {
            foreach (var stream in known)
            {
                var noise = NoiseOf(from, to);
                stream.Rewrite(bytes =>
                {
                    if (IsDns(from.Port, to.Port)) RewriteDns(bytes, noise);
                    else new TlsStreamRewriter(handshake, cleartext, noise).Rewrite(bytes);
                }, noise);
            }
        }
    }

    /// <summary>The second pass: the frame as it may be shared; false for one that is left out. Valid until the next call.</summary>
    public bool TryRewrite(in CapturedFrame frame, out CapturedFrame redacted)
    {
        redacted = default;
        if (!LinkAddresses.CanRewrite(frame.Link) || PacketLayout.Of(frame.Data, frame.Link, links) is not { } at || !IsKept(frame.Data, at))
        {
            LeftOut++;
            return false;
        }

        if (buffer.Length < frame.Data.Length) buffer = new byte[frame.Data.Length];
        var bytes = buffer.AsSpan(0, frame.Data.Length);
        frame.Data.CopyTo(bytes);
        Payload(bytes, frame.Mark.Frame, at);
        bytes[at.End..].Clear();
        new LinkAddresses(pseudonyms).Rewrite(bytes, frame.Link, at.Ip);
        Addresses(bytes, at);
        if (!at.IsIpv6 && at.Transport - at.Ip > 20) bytes[(at.Ip + 20)..at.Transport].Fill(NoOperation);
        InternetChecksum.Write(bytes, at);
        Written++;
        redacted = new CapturedFrame(frame.Mark, frame.Link, bytes, Math.Max(frame.OriginalLength, (uint)bytes.Length));
        return true;
    }

    private void Payload(Span<byte> bytes, long frame, PacketLayout at)
    {
        var payload = bytes[at.Payload..at.End];
        switch (at.Protocol)
        {
            case IpProtocol.Tcp:
                var (from, to, sequence, isSyn) = Segment(bytes, at);
                var stream = streams[(from, to)].FindLast(s => s.SinceFrame <= frame)!;
                stream.CopyTo(isSyn ? sequence + 1 : sequence, payload, NoiseOf(from, to));
                break;
            case IpProtocol.Udp:
                if (!dns.Rewrite(payload)) TextMask.Fill(payload);
                break;
            default:
                if (PacketLayout.OfQuoted(bytes, at.Payload, at.End) is { } quoted)
                {
                    Addresses(bytes, quoted);
                    bytes[quoted.Payload..at.End].Clear();
                    if (!quoted.IsIpv6) InternetChecksum.WriteHeader(bytes[quoted.Ip..quoted.Transport]);
                }
                else
                {
                    payload.Clear();
                }

                break;
        }
    }

    private void Addresses(Span<byte> bytes, PacketLayout at)
    {
        var (source, destination) = at.Addresses(bytes);
        var size = at.IsIpv6 ? 16 : 4;
        var start = at.Ip + (at.IsIpv6 ? 8 : 12);
        pseudonyms.Of(source).ToIPAddress().TryWriteBytes(bytes.Slice(start, size), out _);
        pseudonyms.Of(destination).ToIPAddress().TryWriteBytes(bytes.Slice(start + size, size), out _);
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

    private static (IpEndpoint From, IpEndpoint To, uint Sequence, bool IsSyn) Segment(ReadOnlySpan<byte> frame, PacketLayout at)
    {
        var (source, destination) = at.Addresses(frame);
        var header = frame[at.Transport..];
        return (new IpEndpoint(source, BinaryPrimitives.ReadUInt16BigEndian(header)), new IpEndpoint(destination, BinaryPrimitives.ReadUInt16BigEndian(header[2..])),
            BinaryPrimitives.ReadUInt32BigEndian(header[4..]), (header[13] & 2) != 0);
    }

    private static bool IsKept(ReadOnlySpan<byte> frame, PacketLayout at) => at.Protocol switch
    {
        IpProtocol.Tcp => true,
        IpProtocol.Udp => IsDns(BinaryPrimitives.ReadUInt16BigEndian(frame[at.Transport..]), BinaryPrimitives.ReadUInt16BigEndian(frame[(at.Transport + 2)..])),
        IpProtocol.Icmp => frame[at.Transport] is 3 or 11 or 12,
        _ => frame[at.Transport] is >= 1 and <= 4,
    };

    private static bool IsDns(ushort source, ushort destination) => source is 53 or 5353 or 5355 || destination is 53 or 5353 or 5355;

    private const byte NoOperation = 1;

    /// <summary>Beyond it streams are noise from their beginning.</summary>
    private const long MaxStored = 512L * 1024 * 1024;
}
