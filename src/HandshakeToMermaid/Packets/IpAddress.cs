using System.Buffers.Binary;
using System.Net;

namespace HandshakeToMermaid.Packets;

/// <summary>
/// An IPv4 or IPv6 address as two numbers, so that flows are found without an object per packet. IPv4 is kept as
/// ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2), which never travels in an IPv6 header.
/// </summary>
/// <param name="High">The first eight bytes.</param>
/// <param name="Low">The last eight bytes.</param>
public readonly record struct IpAddress(ulong High, ulong Low)
{
    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;

    /// <summary>True for IPv4.</summary>
    public bool IsIpv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>From the 32-bit address of an IPv4 header.</summary>
    public static IpAddress FromIpv4(uint address) => new(0, MappedPrefix | address);

    /// <summary>From 4 or 16 bytes in network order.</summary>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == 4
        ? FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
        : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>From text; null where it is no address.</summary>
    public static IpAddress? Parse(string text) => IPAddress.TryParse(text, out var address) ? FromBytes(address.GetAddressBytes()) : null;

    /// <summary>The base class library's form.</summary>
    public IPAddress ToIPAddress()
    {
        if (IsIpv4) return new IPAddress((long)BinaryPrimitives.ReverseEndianness((uint)Low));
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new IPAddress(bytes);
    }

    /// <summary>Dotted decimal, or RFC 5952 without brackets.</summary>
    public override string ToString() => ToIPAddress().ToString();
}
