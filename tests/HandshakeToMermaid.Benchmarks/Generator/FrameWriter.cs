using System.Buffers.Binary;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Benchmarks.Generator;

/// <summary>Writes Ethernet frames with right lengths and checksums into a pcap file with microseconds.</summary>
internal sealed class FrameWriter : IDisposable
{
    private readonly Stream stream;
    private readonly byte[] frame = new byte[16 + 2048];

    public FrameWriter(Stream stream)
    {
        this.stream = stream;
        Span<byte> header = stackalloc byte[24];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        stream.Write(header);
    }

    /// <summary>Frames written.</summary>
    public long Frames { get; private set; }

    /// <summary>Writes a UDP datagram.</summary>
    public void Udp(long microseconds, IpEndpoint source, IpEndpoint destination, ReadOnlySpan<byte> payload) => Datagram(microseconds, source, destination, payload, UdpProtocol);

    /// <summary>The same under any IP protocol number.</summary>
    public void Datagram(long microseconds, IpEndpoint source, IpEndpoint destination, ReadOnlySpan<byte> payload, byte protocol)
    {
        var start = Network(source.Address, destination.Address, protocol, UdpHeader + payload.Length);
        var segment = frame.AsSpan(start, UdpHeader + payload.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], destination.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[4..], (ushort)segment.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment[6..], 0);
        payload.CopyTo(segment[UdpHeader..]);
        Checksum(segment, 6, source.Address, destination.Address, protocol);
        Write(microseconds, start + segment.Length);
    }

    /// <summary>Writes a TCP segment.</summary>
    public void Tcp(
        long microseconds, IpEndpoint source, IpEndpoint destination, uint sequence, uint acknowledgment, TcpFlags flags, ReadOnlySpan<byte> options, ReadOnlySpan<byte> payload)
    {
        var header = TcpHeader + options.Length;
        var start = Network(source.Address, destination.Address, TcpProtocol, header + payload.Length);
        var segment = frame.AsSpan(start, header + payload.Length);
        BinaryPrimitives.WriteUInt16BigEndian(segment, source.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment[2..], destination.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(segment[8..], acknowledgment);
        segment[12] = (byte)(header / 4 << 4);
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment[14..], 0xFFFF);
        segment.Slice(16, 4).Clear();
        options.CopyTo(segment[TcpHeader..]);
        payload.CopyTo(segment[header..]);
        Checksum(segment, 16, source.Address, destination.Address, TcpProtocol);
        Write(microseconds, start + segment.Length);
    }

    public void Dispose() => stream.Dispose();

    /// <summary>Writes the headers below; the place in <see cref="frame"/> where the segment begins.</summary>
    private int Network(IpAddress source, IpAddress destination, byte protocol, int length)
    {
        var packet = frame.AsSpan(RecordHeader + EthernetHeader);
        frame.AsSpan(RecordHeader, 12).Fill(2);
        var isIpv4 = source.IsIpv4;
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(RecordHeader + 12), (ushort)(isIpv4 ? 0x0800 : 0x86DD));
        if (!isIpv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(packet, 0x6000_0000);
            BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)length);
            (packet[6], packet[7]) = (protocol, 64);
            Address(packet[8..], source);
            Address(packet[24..], destination);
            return RecordHeader + EthernetHeader + 40;
        }

        packet[..20].Clear();
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(20 + length));
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], ++identification);
        packet[6] = 0x40;
        (packet[8], packet[9]) = (64, protocol);
        BinaryPrimitives.WriteUInt32BigEndian(packet[12..], (uint)source.Low);
        BinaryPrimitives.WriteUInt32BigEndian(packet[16..], (uint)destination.Low);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Fold(Sum(0, packet[..20])));
        return RecordHeader + EthernetHeader + 20;
    }

    private static void Address(Span<byte> bytes, IpAddress address)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, address.High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], address.Low);
    }

    private static void Checksum(Span<byte> segment, int at, IpAddress source, IpAddress destination, byte protocol)
    {
        Span<byte> pseudo = stackalloc byte[36];
        Address(pseudo, source);
        Address(pseudo[16..], destination);

        // The mapped prefix of an IPv4 address adds 0xFFFF, which is nothing in this arithmetic.
        BinaryPrimitives.WriteUInt32BigEndian(pseudo[32..], (uint)(segment.Length + protocol));
        var sum = Fold(Sum(Sum(0, pseudo), segment));
        BinaryPrimitives.WriteUInt16BigEndian(segment[at..], sum == 0 && protocol == UdpProtocol ? (ushort)0xFFFF : sum);
    }

    private static ulong Sum(ulong sum, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 4; bytes = bytes[4..]) sum += BinaryPrimitives.ReadUInt32BigEndian(bytes);
        for (; bytes.Length >= 2; bytes = bytes[2..]) sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return bytes.IsEmpty ? sum : sum + ((ulong)bytes[0] << 8);
    }

    private static ushort Fold(ulong sum)
    {
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }

    private void Write(long microseconds, int end)
    {
        var length = (uint)(end - RecordHeader);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)(microseconds / 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(4), (uint)(microseconds % 1_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(8), length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(12), length);
        stream.Write(frame, 0, end);
        Frames++;
    }

    private const int RecordHeader = 16;
    private const int EthernetHeader = 14;
    private const int UdpHeader = 8;
    private const int TcpHeader = 20;
    private const byte TcpProtocol = 6;
    private const byte UdpProtocol = 17;

    private ushort identification;
}
