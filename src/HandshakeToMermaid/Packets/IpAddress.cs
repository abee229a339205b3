using System.Buffers.Binary;
using System.Net;
using System.Runtime.CompilerServices;

namespace HandshakeToMermaid.Packets;

/// <summary>
/// An IPv4 or IPv6 address as two numbers, so that flows are found without an allocation per packet. IPv4 is stored as
/// ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2), which never occurs in an IPv6 header. What has no IP, EAPOL, has link-layer (MAC) addresses:
/// they are stored as multicast addresses of scope 0, from and to which no packet is sent (section 2.7).
/// </summary>
/// <param name="High">The first eight bytes.</param>
/// <param name="Low">The last eight bytes.</param>
internal readonly record struct IpAddress(ulong High, ulong Low)
{
    /// <summary>True for IPv4.</summary>
    public bool IsIpv4 => High == 0 && (Low & 0xFFFF_FFFF_0000_0000) == MappedPrefix;

    /// <summary>True for a link-layer address.</summary>
    public bool IsLinkLayer => High == LinkLayerPrefix && Low >> 48 == 0;

    /// <summary>True for a link-layer address of more than one station: its group bit is set (IEEE 802 section 8.2).</summary>
    public bool IsLinkGroup => IsLinkLayer && (Low >> 40 & 1) != 0;

    /// <summary>The link-layer address to which stations send EAPOL frames that do not know their neighbor's (IEEE 802.1X-2010 table 11-1).</summary>
    public static IpAddress EapolGroup { get; } = FromLinkLayer([0x01, 0x80, 0xC2, 0x00, 0x00, 0x03]);

    /// <summary>From the six bytes of a link-layer address.</summary>
    public static IpAddress FromLinkLayer(ReadOnlySpan<byte> bytes) =>
        new(LinkLayerPrefix, ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));

    /// <summary>From the 32-bit address of an IPv4 header.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static IpAddress FromIpv4(uint address) => new(0, MappedPrefix | address);

    /// <summary>From 4 or 16 bytes in network order.</summary>
    public static IpAddress FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == 4
        ? FromIpv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
        : new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>From text; null where it is no address. IPv4 is four numbers: not "1" or "0x7f.1", which the base class library takes too.</summary>
    public static IpAddress? Parse(string text)
    {
        if (!MayBeAddress(text)) return null;
        if (IPAddress.TryParse(text, out var address)) return FromBytes(address.GetAddressBytes());
        return ParseLinkLayer(text);
    }

    /// <summary>Six groups of two digits; null where the text is something else.</summary>
    private static IpAddress? ParseLinkLayer(string text)
    {
        if (text.Length != LinkLayerText) return null;
        var value = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            if (i % 3 == 2)
            {
                if (text[i] != ':') return null;
                continue;
            }

            if (!char.IsAsciiHexDigit(text[i])) return null;
            value = (value << 4) | (uint)Convert.ToInt32(text[i..(i + 1)], 16);
        }

        return new IpAddress(LinkLayerPrefix, value);
    }

    /// <summary>The base class library's form, which has none for a link-layer address.</summary>
    public IPAddress ToIPAddress()
    {
        if (IsIpv4) return new IPAddress((long)BinaryPrimitives.ReverseEndianness((uint)Low));
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new IPAddress(bytes);
    }

    /// <summary>One multiplication a half: flow tables hash two of these for every packet.</summary>
    public override int GetHashCode() => (int)(((High * HighFactor) ^ (Low * LowFactor)) >> 32);

    /// <summary>True for the same address.</summary>
    public bool Equals(IpAddress other) => Low == other.Low && High == other.High;

    /// <summary>
    /// Dotted decimal, or RFC 5952 without brackets: lower case, the longest run of two or more zero groups (the first of
    /// equals) as "::"; a link-layer address as "02:00:00:00:00:01". No group is written as dotted decimal, as <see cref="IPAddress"/> does for some prefixes.
    /// </summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[LongestText];
        return new string(text[..(IsIpv4 ? WriteIpv4(text) : IsLinkLayer ? WriteLinkLayer(text) : WriteIpv6(text))]);
    }

    /// <summary>False for most names, without a look at the base class library's parser: preparing that takes longer than reading a small capture.</summary>
    private static bool MayBeAddress(string text)
    {
        if (text.Contains(':', StringComparison.Ordinal)) return true;
        var dots = 0;
        foreach (var c in text)
        {
            if (c == '.') dots++;
            else if (!char.IsAsciiDigit(c)) return false;
        }
        return dots == 3;
    }

    private int WriteIpv4(Span<char> text)
    {
        var length = 0;
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            if (length > 0) text[length++] = '.';
            ((byte)(Low >> shift)).TryFormat(text[length..], out var written);
            length += written;
        }

        return length;
    }

    private int WriteLinkLayer(Span<char> text)
    {
        for (var i = 0; i < 6; i++)
        {
            if (i > 0) text[(3 * i) - 1] = ':';
            ((byte)(Low >> (40 - (8 * i)))).TryFormat(text[(3 * i)..], out _, "x2");
        }

        return LinkLayerText;
    }

    private int WriteIpv6(Span<char> text)
    {
        var (zeros, zeroCount) = LongestZeros();
        var length = 0;
        for (var group = 0; group < Groups; group++)
        {
            if (group == zeros)
            {
                text[length++] = ':';
                text[length++] = ':';
                group += zeroCount - 1;
                continue;
            }

            if (group > 0 && group != zeros + zeroCount) text[length++] = ':';
            Group(group).TryFormat(text[length..], out var written, "x");
            length += written;
        }

        return length;
    }

    private (int Start, int Count) LongestZeros()
    {
        var (start, count) = (-1, 1);
        for (var group = 0; group < Groups; group++)
        {
            var run = 0;
            while (group + run < Groups && Group(group + run) == 0) run++;
            if (run > count) (start, count) = (group, run);
            group += run;
        }

        return start < 0 ? (Groups + 1, 0) : (start, count);
    }

    private ushort Group(int index) => (ushort)(index < 4 ? High >> (48 - (16 * index)) : Low >> (48 - (16 * (index - 4))));

    private const ulong MappedPrefix = 0x0000_FFFF_0000_0000;
    // Secret, so that no one can craft a capture whose addresses all fall on one slot; no result depends on them.
    private static readonly ulong HighFactor = (ulong)Random.Shared.NextInt64() << 1 | 1;
    private static readonly ulong LowFactor = (ulong)Random.Shared.NextInt64() << 1 | 1;
    private const ulong LinkLayerPrefix = 0xFF00_0000_0000_0000;
    private const int LinkLayerText = 17;
    private const int Groups = 8;
    private const int LongestText = 39;
}
