using System.Buffers.Binary;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>What tunnels wrap IP packets in; each gives an IP packet between the ends of the tunnel, or an Ethernet frame.</summary>
internal static class TunnelBuilder
{
    public const string Near = "203.0.113.1";
    public const string Far = "203.0.113.2";

    /// <summary>An Ethernet frame of another EtherType.</summary>
    public static byte[] Ethernet(ushort type, byte[] payload)
    {
        var frame = PacketBuilder.Ethernet([]);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), type);
        return [.. frame.AsSpan(0, 14), .. payload, .. new byte[Math.Max(0, 46 - payload.Length)]];
    }

    public static byte[] Over(byte protocol, byte[] payload, bool isBack = false, string near = Near, string far = Far)
    {
        var (from, to) = (PacketBuilder.Address(isBack ? far : near), PacketBuilder.Address(isBack ? near : far));
        return PacketBuilder.Ethernet(PacketBuilder.Ip(from, to, protocol, payload));
    }

    public static byte[] OverUdp(ushort port, byte[] payload, bool isBack = false)
    {
        var (from, to) = (PacketBuilder.Address(isBack ? Far : Near), PacketBuilder.Address(isBack ? Near : Far));
        return PacketBuilder.Ethernet(PacketBuilder.Ip(from, to, 17, PacketBuilder.UdpDatagram(new IpEndpoint(from, 50_001), new IpEndpoint(to, port), payload)));
    }

    public static byte[] Pppoe(byte[] ip, ushort session = 7) => [0x11, 0, .. TlsBytes.U16(session), .. TlsBytes.U16(ip.Length + 2), .. Ppp(ip), 0, 0, 0];

    public static byte[] Ppp(byte[] ip) => [0, (byte)(ip[0] >> 4 == 6 ? 0x57 : 0x21), .. ip];

    public static byte[] Mpls(byte[] inner, params uint[] labels) =>
        [.. labels.SelectMany((label, i) => TlsBytes.U32((label << 12) | (i == labels.Length - 1 ? 0x100u : 0) | 64)), .. inner];

    public static byte[] Gre(ushort type, byte[] inner, uint? key = null, uint? sequence = null, bool hasChecksum = false) =>
    [
        (byte)((hasChecksum ? 0x80 : 0) | (key is null ? 0 : 0x20) | (sequence is null ? 0 : 0x10)), 0, .. TlsBytes.U16(type),
        .. hasChecksum ? new byte[4] : [], .. key is { } k ? TlsBytes.U32(k) : [], .. sequence is { } s ? TlsBytes.U32(s) : [], .. inner,
    ];

    public static byte[] Erspan2(byte[] frame, ushort session = 20) => [0x10, 0, .. TlsBytes.U16(session), 0, 0, 0, 0, .. frame];

    public static byte[] Erspan3(byte[] frame, ushort session = 20, bool hasPlatform = false) =>
        [0x20, 0, .. TlsBytes.U16(session), 0, 0, 0, 0, 0, 0, 0x80, (byte)(hasPlatform ? 1 : 0), .. new byte[hasPlatform ? 8 : 0], .. frame];

    public static byte[] Vxlan(byte[] frame, uint vni = 42) => [8, 0, 0, 0, .. TlsBytes.U24((int)vni), 0, .. frame];

    public static byte[] VxlanGpe(byte[] inner, byte next, uint vni = 42) => [0x0C, 0, 0, next, .. TlsBytes.U24((int)vni), 0, .. inner];

    public static byte[] Geneve(ushort type, byte[] inner, uint vni = 42, params byte[] options) =>
        [(byte)(options.Length / 4), 0, .. TlsBytes.U16(type), .. TlsBytes.U24((int)vni), 0, .. options, .. inner];

    public static byte[] Gtp(byte[] ip, uint teid = 77, params byte[] extensions)
    {
        var rest = extensions.Length == 0 ? [] : (byte[])[0, 0, 0, .. extensions];
        return [(byte)(extensions.Length == 0 ? 0x30 : 0x34), 255, .. TlsBytes.U16(rest.Length + ip.Length), .. TlsBytes.U32(teid), .. rest, .. ip];
    }

    public static byte[] L2tp(byte[] ip, ushort tunnel = 3, ushort session = 4) =>
        [0x40, 2, .. TlsBytes.U16(10 + 2 + ip.Length), .. TlsBytes.U16(tunnel), .. TlsBytes.U16(session), 0xFF, 3, .. Ppp(ip)];

    public static byte[] Capwap(byte[] inner, bool isNative) => [0, 0x10, (byte)(isNative ? 0x03 : 0x02), 0, 0, 0, 0, 0, .. inner];

    /// <summary>An 802.11 data frame; the QoS control is there where <paramref name="qos"/> is.</summary>
    public static byte[] Wifi(byte[] body, byte? qos = null, byte flags = 1) =>
        [(byte)(qos is null ? 0x08 : 0x88), flags, 0, 0, .. new byte[18], 0, 0, .. qos is { } q ? new byte[] { q, 0 } : [], .. body];

    public static byte[] Llc(byte[] ip) => [0xAA, 0xAA, 3, 0, 0, 0, .. ip[0] >> 4 == 6 ? new byte[] { 0x86, 0xDD } : [8, 0], .. ip];

    /// <summary>A subframe of an A-MSDU, padded.</summary>
    public static byte[] Subframe(byte[] body) => [.. new byte[12], .. TlsBytes.U16(body.Length), .. body, .. new byte[(4 - ((14 + body.Length) % 4)) % 4]];

    /// <summary>A radiotap header with timer and flags.</summary>
    public static byte[] Radiotap(byte[] frame, byte flags = 0) => [0, 0, 24, 0, 3, 0, 0, 0, .. new byte[8], flags, .. new byte[7], .. frame];

    /// <summary>A netfilter log with a prefix in front of the packet.</summary>
    public static byte[] Nflog(byte[] ip, bool isBigEndian)
    {
        byte[] Number(int value) => isBigEndian ? TlsBytes.U16(value) : [(byte)value, (byte)(value >> 8)];
        return [(byte)(ip[0] >> 4 == 6 ? 10 : 2), 0, 0, 5, .. Number(9), .. Number(10), .. "drop\0"u8, 0, 0, 0, .. Number(4 + ip.Length), .. Number(9), .. ip];
    }
}
