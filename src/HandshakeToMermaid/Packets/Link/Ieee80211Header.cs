using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// IEEE 802.11 section 9.2.3 (little-endian) and 9.3.2:
//
//   frame control (2) | duration (2) | address 1 (6) | address 2 (6) | address 3 (6) | sequence control (2) |
//   [address 4 (6), between access points] | [QoS control (2)] | [HT control (4)] | LLC
//
// Of data frames those that carry data and are neither protected nor fragments are read. In an A-MSDU (section 9.3.2.2) several follow each
// other: destination (6) | source (6) | length (2) | LLC | padding to 4 bytes.

/// <summary>The MAC header of Wi-Fi.</summary>
internal static class Ieee80211Header
{
    /// <summary>Reads the header of a data frame, and LLC behind it.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes) => Read(bytes, isPadded: false);

    /// <summary>The same where the radio may have padded the header to four bytes.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes, bool isPadded)
    {
        if (bytes.Length < ShortestLength) return new(ShortestLength, EtherType.None);
        var (control, flags) = (bytes[0], bytes[1]);

        // Some controllers swap the two bytes in what they send through CAPWAP.
        if ((control & 0x0F) != Data && (flags & 0x0F) == Data) (control, flags) = (flags, control);
        if ((control & 0x0F) != Data || (control & NoData) != 0) return new(ShortestLength, EtherType.None);
        if ((flags & Protected) != 0) return new(ShortestLength, EtherType.ProtectedIeee80211);
        var isFragment = (flags & MoreFragments) != 0 || (BinaryPrimitives.ReadUInt16LittleEndian(bytes[22..]) & 0x0F) != 0;
        if (isFragment) return new(ShortestLength, EtherType.FrameFragment);

        var length = ShortestLength;
        if ((flags & (ToDistribution | FromDistribution)) == (ToDistribution | FromDistribution)) length += 6;
        var isQos = (control & Qos) != 0;
        var isAggregate = isQos && bytes.Length > length && (bytes[length] & Aggregate) != 0;
        if (isQos) length += 2;
        if (isQos && (flags & Order) != 0) length += 4;
        if (isPadded) length = (length + 3) & ~3;
        if (bytes.Length < length) return new(length, EtherType.None);
        if (isAggregate) return new(length, EtherType.AggregateMsdu);

        // Section 9.3.2.1.3: address 1 is the receiver's but on the way to the distribution system, address 2 the sender's but on the way from it.
        var source = (flags & FromDistribution) == 0 ? 10 : (flags & ToDistribution) == 0 ? 16 : 24;
        return LlcHeader.Read(bytes, length) with { SourceAt = source, DestinationAt = (flags & ToDistribution) == 0 ? 4 : 16 };
    }

    private const int ShortestLength = 24;
    private const byte Data = 0x08;
    private const byte NoData = 0x40;
    private const byte Qos = 0x80;
    private const byte ToDistribution = 0x01;
    private const byte FromDistribution = 0x02;
    private const byte MoreFragments = 0x04;
    private const byte Protected = 0x40;
    private const byte Order = 0x80;
    private const byte Aggregate = 0x80;
}
