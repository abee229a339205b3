using System.Net;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Packets;

public class IpAddressTests
{
    [Theory]
    [InlineData("192.0.2.255", "192.0.2.255")]
    [InlineData("0.0.0.0", "0.0.0.0")]
    [InlineData("2001:DB8:0:0:0:0:2:1", "2001:db8::2:1")]
    [InlineData("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1")] // one zero group is not shortened
    [InlineData("2001:0:0:1:0:0:0:1", "2001:0:0:1::1")] // the longest run
    [InlineData("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1")] // the first of equals
    [InlineData("::", "::")]
    [InlineData("::1", "::1")]
    [InlineData("1::", "1::")]
    [InlineData("::1:2", "::1:2")]
    [InlineData("0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7")]
    [InlineData("fe80::5efe:c000:201", "fe80::5efe:c000:201")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("64:ff9b::c000:201", "64:ff9b::c000:201")]
    public void Text_is_as_RFC_5952_wants_it(string text, string expected) => Assert.Equal(expected, IpAddress.Parse(text)!.Value.ToString());

    [Fact]
    public void Text_reads_back_as_the_same_address()
    {
        var random = new Random(5952);
        var bytes = new byte[16];
        for (var round = 0; round < 10_000; round++)
        {
            random.NextBytes(bytes);
            for (var group = 0; group < 8; group++)
            {
                if (random.Next(2) == 0) bytes.AsSpan(group * 2, 2).Clear();
            }

            var address = IpAddress.FromBytes(bytes);
            Assert.Equal(address, IpAddress.Parse(address.ToString()));
            Assert.Equal(new IPAddress(bytes), address.ToIPAddress());
            Assert.Equal(address.GetHashCode(), IpAddress.FromBytes(bytes).GetHashCode());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("192.0.2")]
    [InlineData("0x7f.1")]
    [InlineData("192.0.2.1.5")]
    [InlineData("192.0.2.256")]
    [InlineData("www.example.com")]
    [InlineData("a:b")]
    public void A_name_or_a_number_is_no_address(string text) => Assert.Null(IpAddress.Parse(text));

    [Theory]
    [InlineData("02:00:00:00:00:01", false)]
    [InlineData("02:1f:a0:9b:0c:de", false)]
    [InlineData("fe:ff:ff:ff:ff:ff", false)]
    [InlineData("01:80:c2:00:00:03", true)] // of IEEE 802.1X
    [InlineData("ff:ff:ff:ff:ff:ff", true)]
    public void A_link_layer_address_is_six_groups_of_two_digits(string text, bool isGroup)
    {
        var address = IpAddress.FromLinkLayer(Convert.FromHexString(text.Replace(":", "", StringComparison.Ordinal)));
        Assert.Equal(text, address.ToString());
        Assert.Equal(address, IpAddress.Parse(text));
        Assert.Equal(address, IpAddress.Parse(text.ToUpperInvariant()));
        Assert.Equal((true, isGroup, false), (address.IsLinkLayer, address.IsLinkGroup, address.IsIpv4));
        Assert.Equal(text, new IpEndpoint(address, 0).ToString());
    }

    [Theory]
    [InlineData("01:80:c2:00:00")]
    [InlineData("01:80:c2:00:00:0g")]
    [InlineData("01:80:c2:00:00:003")]
    [InlineData("01:80:c2:00:00003")]
    [InlineData("01:80-c2:00:00:03")]
    public void What_is_almost_a_link_layer_address_is_none(string text) => Assert.Null(IpAddress.Parse(text));

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    [InlineData("ff01::1")]
    [InlineData("ff00:0:0:0:1::")]
    public void An_address_of_IP_is_none_of_a_link(string text)
    {
        var address = IpAddress.Parse(text)!.Value;
        Assert.Equal((false, false), (address.IsLinkLayer, address.IsLinkGroup));
    }

    [Fact]
    public void An_endpoint_is_written_as_people_write_it()
    {
        Assert.Equal("192.0.2.1:443", new IpEndpoint(IpAddress.Parse("192.0.2.1")!.Value, 443).ToString());
        Assert.Equal("[2001:db8::1]:443", new IpEndpoint(IpAddress.Parse("2001:db8::1")!.Value, 443).ToString());
    }

    [Fact]
    public void Neighbours_have_different_hashes()
    {
        var hashes = new HashSet<int>();
        for (uint host = 0; host < 256; host++)
        {
            for (var port = 0; port < 256; port++) hashes.Add(new IpEndpoint(IpAddress.FromIpv4(0xC0000200 + host), (ushort)(40_000 + port)).GetHashCode());
        }

        Assert.InRange(hashes.Count, 65_000, 65_536);
    }
}
