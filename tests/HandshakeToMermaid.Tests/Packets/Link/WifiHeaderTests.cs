using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Packets.Link;

/// <summary>The MAC header of Wi-Fi (IEEE 802.11 section 9.3.2), and what capturing radios write in front of it.</summary>
public sealed class WifiHeaderTests
{
    private static readonly byte[] Snap = [0xAA, 0xAA, 3, 0, 0, 0, 8, 0];

    // The least header of a station that sends to its access point.
    private static readonly byte[] ToAccessPoint = Mac(0x08, 0x01, Snap);

    /// <summary>Table 9-30: where the sender's and the receiver's addresses are depends on the two bits of the distribution system.</summary>
    [Theory]
    [InlineData(0x00, 24, 10, 4)]
    [InlineData(0x01, 24, 10, 16)]
    [InlineData(0x02, 24, 16, 4)]
    [InlineData(0x03, 30, 24, 16)]
    [InlineData(0x80, 24, 10, 4)] // order, without QoS
    public void The_addresses_are_those_of_sender_and_receiver(byte flags, int length, int source, int destination)
    {
        Check($"flags {flags:x2}", Ieee80211Header.Read, Mac(0x08, flags, Snap), new(length + 8, EtherType.Ipv4) { SourceAt = source, DestinationAt = destination });
        Check($"QoS, flags {flags:x2}", Ieee80211Header.Read, Mac(0x88, flags, Snap), new(length + (flags == 0x80 ? 14 : 10), EtherType.Ipv4) { SourceAt = source, DestinationAt = destination });
    }

    [Fact]
    public void A_header_may_be_padded_to_four_bytes()
    {
        Check("QoS, padded", bytes => Ieee80211Header.Read(bytes, isPadded: true), Mac(0x88, 0x01, [0, 0, .. Snap]), new(36, EtherType.Ipv4) { SourceAt = 10, DestinationAt = 16 });
        Check("nothing to pad", bytes => Ieee80211Header.Read(bytes, isPadded: true), ToAccessPoint, new(32, EtherType.Ipv4) { SourceAt = 10, DestinationAt = 16 });
    }

    [Fact]
    public void What_carries_no_data_in_the_clear_is_not_looked_into()
    {
        Check("beacon", Ieee80211Header.Read, Mac(0x80, 0, []), new(24, EtherType.None));
        Check("null function", Ieee80211Header.Read, Mac(0x48, 1, []), new(24, EtherType.None));
        Check("protected", Ieee80211Header.Read, Mac(0x08, 0x41, []), new(24, EtherType.ProtectedIeee80211));
        Check("first fragment", Ieee80211Header.Read, Mac(0x08, 0x05, []), new(24, EtherType.FrameFragment));
        Check("later fragment", Ieee80211Header.Read, Mac(0x08, 0x01, [], fragment: 2), new(24, EtherType.FrameFragment));
        Check("sequence number alone", Ieee80211Header.Read, Mac(0x08, 0x01, Snap, fragment: 0xF0), new(32, EtherType.Ipv4) { SourceAt = 10, DestinationAt = 16 });
        Check("swapped", Ieee80211Header.Read, [1, 8, .. ToAccessPoint.AsSpan(2)], new(32, EtherType.Ipv4) { SourceAt = 10, DestinationAt = 16 });
    }

    [Fact]
    public void An_aggregate_begins_behind_the_whole_header()
    {
        var aggregate = Mac(0x88, 0x01, []);
        aggregate[24] = 0x80;
        Check("aggregate", Ieee80211Header.Read, aggregate, new(26, EtherType.AggregateMsdu));
        Check("high throughput control", Ieee80211Header.Read, [.. aggregate.AsSpan(0, 1), 0x81, .. aggregate.AsSpan(2), 0, 0, 0, 0], new(30, EtherType.AggregateMsdu));
    }

    public static TheoryData<string> Radios => [.. Front.Keys];

    [Theory]
    [MemberData(nameof(Radios))]
    public void The_header_of_a_radio_is_stepped_over(string radio)
    {
        var (read, front) = Front[radio];
        Check(radio, read, [.. front, .. ToAccessPoint], new(front.Length + 32, EtherType.Ipv4) { SourceAt = front.Length + 10, DestinationAt = front.Length + 16 });
        Check(radio, read, [.. front, .. Mac(0x08, 0x41, [])], new(front.Length + 24, EtherType.ProtectedIeee80211));
        Check(radio, read, [.. front, .. Mac(0x88, 0x01, Snap)], new(front.Length + 34, EtherType.Ipv4) { SourceAt = front.Length + 10, DestinationAt = front.Length + 16 });
    }

    /// <summary>Flags are the first field, or behind the timer, and the fields behind every word of what is present.</summary>
    [Theory]
    [InlineData("00000900 02000000 20")]
    [InlineData("00000900 02000000 10", false)]
    [InlineData("00001100 03000000 0000000000000000 20")]
    [InlineData("00001100 03000000 2020202020202020 10", false)]
    [InlineData("00000A00 06000000 20 02")]
    [InlineData("00000D00 02000080 00000000 20")]
    [InlineData("00001100 02000080 00000080 00000000 20")]
    [InlineData("00001900 03000080 00000000 00000000 2020202020202020 10", false)]
    [InlineData("00001900 03000080 00000000 20202020 0000000000000000 20")]
    [InlineData("00000900 04000000 20", false)] // a rate, and no flags
    [InlineData("00000800 02000000", false)] // no room for the flags
    [InlineData("00000C00 02000080 00000080", false)] // no room for the next word
    [InlineData("00000C00 02000080 20202020", false)]
    public void The_flags_of_radiotap_tell_of_padding(string hex, bool isPadded = true)
    {
        var front = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        Check(hex, RadiotapHeader.Read, [.. front, .. Mac(0x88, 0x01, [.. isPadded ? new byte[2] : [], .. Snap])], new(front.Length + (isPadded ? 36 : 34), EtherType.Ipv4) { SourceAt = front.Length + 10, DestinationAt = front.Length + 16 });
    }

    [Fact]
    public void A_header_of_a_radio_that_is_none_is_not_stepped_over()
    {
        Assert.Equal(new(8, EtherType.None), RadiotapHeader.Read([1, 0, 8, 0, 0, 0, 0, 0, .. ToAccessPoint])); // another version
        Assert.Equal(new(8, EtherType.None), RadiotapHeader.Read([0, 0, 7, 0, 0, 0, 0, 0, .. ToAccessPoint]));
        Assert.Equal(new(500, EtherType.None), RadiotapHeader.Read([0, 0, 0xF4, 1, 0, 0, 0, 0, .. ToAccessPoint]));
        Assert.Equal(new(8, EtherType.None), RadiotapHeader.ReadAvs([0x80, 0x21, 0x10, 1, 0, 0, 0, 7, .. ToAccessPoint]));
        Assert.Equal(new(65_535, EtherType.None), RadiotapHeader.ReadAvs([0x80, 0x21, 0x10, 1, 0xFF, 0xFF, 0xFF, 0xFF, .. ToAccessPoint]));
        Assert.Equal(new(12, EtherType.None), RadiotapHeader.ReadPpi([0, 0, 12, 0, 1, 0, 0, 0, 1, 2, 3, 4, .. ToAccessPoint])); // Ethernet inside
    }

    private static readonly Dictionary<string, (EncapsulationReader Read, byte[] Front)> Front = new()
    {
        ["radiotap"] = (RadiotapHeader.Read, [0, 0, 8, 0, 0, 0, 0, 0]),
        ["Prism"] = (RadiotapHeader.ReadPrism, [0, 0, 0, 0x44, 0, 0, 0, 144, .. new byte[136]]),
        ["Prism, little-endian"] = (RadiotapHeader.ReadPrism, [0x44, 0, 0, 0, 144, 0, 0, 0, .. new byte[136]]),
        ["AVS"] = (RadiotapHeader.ReadAvs, [0x80, 0x21, 0x10, 1, 0, 0, 0, 64, .. new byte[56]]),
        ["AVS on a link of Prism"] = (RadiotapHeader.ReadPrism, [0, 0x80, 0x21, 0x10, 0, 0, 0, 64, .. new byte[56]]),
        ["PPI"] = (RadiotapHeader.ReadPpi, [0, 0, 12, 0, 105, 0, 0, 0, 1, 2, 3, 4]),
    };

    private static byte[] Mac(byte control, byte flags, byte[] body, byte fragment = 0) =>
    [
        control, flags, 0, 0, .. TlsBytes.Fill(18, 0x22), fragment, 0, .. (flags & 3) == 3 ? TlsBytes.Fill(6, 0x44) : [],
        .. (control & 0x80) != 0 && (control & 8) != 0 ? new byte[(flags & 0x80) != 0 ? 6 : 2] : [], .. body,
    ];

    private static void Check(string name, EncapsulationReader read, byte[] header, Encapsulation expected) => new HeaderCase(name, read, header, expected).Check();
}
