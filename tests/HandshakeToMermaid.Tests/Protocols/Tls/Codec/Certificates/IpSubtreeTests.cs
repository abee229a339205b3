using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>Ranges of addresses in name constraints (RFC 5280 section 4.2.1.10).</summary>
public class IpSubtreeTests
{
    private const string V6 = "20010DB8 00*12";

    [Theory]
    [InlineData("0A000000 FF000000", "10.0.0.0/8", "10.255.255.255", "11.0.0.0")]
    [InlineData("00000000 00000000", "0.0.0.0/0", "255.1.2.3", "2001:db8::1")]
    [InlineData("0A010203 FFFFFFFF", "10.1.2.3/32", "10.1.2.3", "10.1.2.2")]
    [InlineData("0A010200 FFFFFE00", "10.1.2.0/23", "10.1.3.9", "10.1.4.0")]
    [InlineData("0A000500 FF00FF00", "10.0.5.0/255.0.255.0", "10.9.5.1", "10.9.6.1")]
    [InlineData("0A000000 00FF0000", "10.0.0.0/0.255.0.0", "9.0.1.2", "10.1.0.0")]
    [InlineData($"{V6} FF*4 00*12", "2001:db8::/32", "2001:db8:ffff::1", "2001:db9::")]
    [InlineData($"{V6} FF*16", "2001:db8::/128", "2001:db8::", "2001:db8::1")]
    [InlineData($"{V6} FF*8 80 00*7", "2001:db8::/65", "2001:db8::7fff:0:0:0", "2001:db8::8000:0:0:0")]
    [InlineData($"{V6} 00*16", "2001:db8::/0", "fe80::1", null)]
    [InlineData($"{V6} FF00 FF00 00*12", "2001:db8::/ff00:ff00::", "20ff:d00::1", "2101:db8::")]
    public void A_range_is_its_address_and_its_mask(string hex, string text, string inside, string? outside)
    {
        var range = IpSubtree.FromBytes(Decoded.Bytes(hex))!.Value;
        Assert.Equal(text, range.ToString());
        Assert.True(range.Contains(IpAddress.Parse(inside)!.Value));
        if (outside is not null) Assert.False(range.Contains(IpAddress.Parse(outside)!.Value));
    }

    [Fact]
    public void Only_eight_and_32_bytes_are_a_range()
    {
        for (var length = 0; length < 40; length++) Assert.Equal(length is 8 or 32, IpSubtree.FromBytes(new byte[length]) is not null);
    }
}
