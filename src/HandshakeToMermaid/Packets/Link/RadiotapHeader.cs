using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// LINKTYPE_IEEE802_11_RADIOTAP (radiotap.org), little-endian:
//
//   version (1) 0 | padding (1) | length (2) | present (4) { present (4), while bit 31 is set } | fields, each aligned to its size
//
// Of the fields only the flags are read, which are the second: behind the 64-bit timer, where bit 0 says that there is one.
// LINKTYPE_PRISM (message code (4) | length (4)), LINKTYPE_IEEE802_11_AVS (big-endian version (4) | length (4)) and
// LINKTYPE_PPI (version (1) | flags (1) | length (2) | link type (4)) are stepped over by their length.

/// <summary>What capturing radios write in front of the MAC header.</summary>
internal static class RadiotapHeader
{
    /// <summary>Reads the radiotap header and the MAC header behind it.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < ShortestLength) return new(ShortestLength, EtherType.None);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        if (bytes[0] != 0 || length < ShortestLength || bytes.Length < length) return new(Math.Max(length, (ushort)ShortestLength), EtherType.None);
        return Behind(bytes, length, (FlagsOf(bytes[..length]) & HeaderPadding) != 0);
    }

    /// <summary>Steps over a Prism header.</summary>
    public static Encapsulation ReadPrism(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8) return new(8, EtherType.None);
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes) >> 12 == AvsMagic) return ReadAvs(bytes);
        var little = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        return Behind(bytes, Math.Min(little, BinaryPrimitives.ReverseEndianness(little)));
    }

    /// <summary>Steps over an AVS header.</summary>
    public static Encapsulation ReadAvs(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 8 ? new(8, EtherType.None) : Behind(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]));

    /// <summary>Steps over a PPI header in front of Wi-Fi.</summary>
    public static Encapsulation ReadPpi(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8) return new(8, EtherType.None);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) == Ieee80211 ? Behind(bytes, length) : new(length, EtherType.None);
    }

    private static Encapsulation Behind(ReadOnlySpan<byte> bytes, uint length, bool isPadded = false)
    {
        if (length < ShortestLength || length > bytes.Length) return new((int)Math.Clamp(length, ShortestLength, ushort.MaxValue), EtherType.None);
        var inner = Ieee80211Header.Read(bytes[(int)length..], isPadded);
        return inner with
        {
            HeaderLength = (int)length + inner.HeaderLength,
            SourceAt = inner.SourceAt == 0 ? 0 : (int)length + inner.SourceAt,
            DestinationAt = inner.DestinationAt < 0 ? -1 : (int)length + inner.DestinationAt,
        };
    }

    private static byte FlagsOf(ReadOnlySpan<byte> header)
    {
        var present = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        if ((present & HasFlags) == 0) return 0;
        var at = 4;
        while ((BinaryPrimitives.ReadUInt32LittleEndian(header[at..]) & HasMore) != 0)
        {
            at += 4;
            if (header.Length < at + 4) return 0;
        }

        at += 4;
        if ((present & HasTimer) != 0) at = ((at + 7) & ~7) + 8;
        return header.Length > at ? header[at] : (byte)0;
    }

    private const int ShortestLength = 8;
    private const uint HasTimer = 1;
    private const uint HasFlags = 2;
    private const uint HasMore = 0x8000_0000;
    private const byte HeaderPadding = 0x20;
    private const uint AvsMagic = 0x80211;
    private const uint Ieee80211 = 105;
}
