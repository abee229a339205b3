using System.Buffers.Binary;
using System.IO.Compression;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Attacks;

/// <summary>Writes a capture as a stream, however many packets it has: pcap, or any bytes.</summary>
internal sealed class AttackFile : IDisposable
{
    private Stream stream;
    private bool hasHeader;

    public AttackFile(string path) => stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);

    /// <summary>Packets written.</summary>
    public long Packets { get; private set; }

    /// <summary>Microseconds since 1970: when the next packet is captured.</summary>
    public long Microseconds { get; set; } = 1_700_000_000_000_000;

    /// <summary>What follows is written through gzip.</summary>
    public void Compress() => stream = new GZipStream(stream, CompressionLevel.SmallestSize);

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => stream.Write(bytes);

    /// <summary>A frame, captured <paramref name="step"/> microseconds after the one before.</summary>
    public void Frame(ReadOnlySpan<byte> frame, long step = 3)
    {
        if (!hasHeader) Raw(Header(262_144));
        hasHeader = true;
        Microseconds += step;
        Span<byte> header = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(Microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(Microseconds % 1_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], frame.Length);
        stream.Write(header);
        stream.Write(frame);
        Packets++;
    }

    /// <summary>A TCP segment.</summary>
    public void Tcp(IpEndpoint from, IpEndpoint to, uint sequence, uint acknowledgment, TcpFlags flags, ReadOnlySpan<byte> payload = default, long step = 3) =>
        Frame(PacketBuilder.Ethernet(PacketBuilder.Ip(from.Address, to.Address, 6, PacketBuilder.TcpSegment(from, to, sequence, acknowledgment, flags, payload))), step);

    /// <summary>A datagram.</summary>
    public void Udp(IpEndpoint from, IpEndpoint to, ReadOnlySpan<byte> payload, long step = 3) =>
        Frame(PacketBuilder.Ethernet(PacketBuilder.Ip(from.Address, to.Address, 17, PacketBuilder.UdpDatagram(from, to, payload))), step);

    /// <summary>A connection that opens, sends what each side has to say, and is closed by both.</summary>
    public void Exchange(int number, ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, ushort port = 443)
    {
        var (from, to) = (Client(number), new IpEndpoint(Server.Address, port));
        Tcp(from, to, 999, 0, TcpFlags.Syn);
        Tcp(to, from, 4999, 1000, TcpFlags.Syn | TcpFlags.Ack);
        Tcp(from, to, 1000, 5000, TcpFlags.Ack);
        Send(from, to, 1000, 5000, client);
        Send(to, from, 5000, 1000 + (uint)client.Length, server);
        var (next, answer) = (1000 + (uint)client.Length, 5000 + (uint)server.Length);
        Tcp(from, to, next, answer, TcpFlags.Fin | TcpFlags.Ack);
        Tcp(to, from, answer, next + 1, TcpFlags.Fin | TcpFlags.Ack);
        Tcp(from, to, next + 1, answer + 1, TcpFlags.Ack);
    }

    /// <summary>Another client for each number.</summary>
    public static IpEndpoint Client(int number) => new(IpAddress.FromIpv4(0x0A00_0000u | (uint)(number * 0x9E37 & 0xFF_FFFF)), (ushort)(1024 + (number % 60_000)));

    /// <summary>The server of all of them.</summary>
    public static IpEndpoint Server { get; } = new(IpAddress.FromIpv4(0xC633_6401), 443);

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private void Send(IpEndpoint from, IpEndpoint to, uint sequence, uint acknowledgment, ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at += Segment)
        {
            Tcp(from, to, sequence + (uint)at, acknowledgment, TcpFlags.Ack | TcpFlags.Psh, bytes[at..Math.Min(bytes.Length, at + Segment)]);
        }
    }

    private static byte[] Header(int snapLength) => [0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(snapLength), 1, 0, 0, 0];

    /// <summary>Bytes of a segment, as offloading hands them to a capture.</summary>
    private const int Segment = 60_000;
}
