using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// LINKTYPE_NULL and LINKTYPE_LOOP: one 32-bit address family. NULL writes it in the byte order of the capturing
// machine, LOOP in network order; no family is above 255, so the value itself shows the order.

/// <summary>The BSD loopback header.</summary>
internal static class LoopbackHeader
{
    /// <summary>Reads the address family in either byte order.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length) return new(Length, EtherType.None);
        var family = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        if (family > 0xFFFF) family = BinaryPrimitives.ReverseEndianness(family);
        return new(Length, family switch
        {
            Inet => EtherType.Ipv4,
            Inet6Linux or Inet6Bsd or Inet6FreeBsd or Inet6MacOs => EtherType.Ipv6,
            _ => EtherType.None,
        });
    }

    private const int Length = 4;
    private const uint Inet = 2;
    private const uint Inet6Linux = 10;
    private const uint Inet6Bsd = 24;
    private const uint Inet6FreeBsd = 28;
    private const uint Inet6MacOs = 30;
}
