using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Tests.Redaction;

/// <summary>Prefix-preserving addresses, against the reference implementation's own sample.</summary>
public sealed class CryptoPanTests
{
    [Theory]
    [InlineData("128.11.68.132", "135.242.180.132")]
    [InlineData("129.118.74.4", "134.136.186.123")]
    [InlineData("130.132.252.244", "133.68.164.234")]
    [InlineData("141.223.7.43", "141.167.8.160")]
    [InlineData("152.163.225.39", "151.140.114.167")]
    public void The_sample_of_the_reference_implementation_is_reproduced(string original, string expected)
    {
        using var pan = new CryptoPan([21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16, 216, 152, 143, 131, 121, 121, 101, 39, 98, 87, 76, 45, 42, 132, 34, 2]);
        Assert.Equal(expected, pan.Map(IpAddress.Parse(original)!.Value).ToString());
    }

    [Theory]
    [InlineData("10.20.30.1", "10.20.30.77", 25)]
    [InlineData("10.20.30.1", "10.20.31.1", 23)]
    [InlineData("2001:db8:1::1", "2001:db8:1::2", 126)]
    [InlineData("2001:db8:1::1", "2001:db8:2::1", 46)]
    public void Common_prefixes_stay_common_and_no_longer(string left, string right, int bits)
    {
        using var pan = new CryptoPan([.. Enumerable.Range(0, 32).Select(i => (byte)(7 * i))]);
        var (a, b) = (pan.Map(IpAddress.Parse(left)!.Value).ToIPAddress().GetAddressBytes(), pan.Map(IpAddress.Parse(right)!.Value).ToIPAddress().GetAddressBytes());
        var common = Enumerable.Range(0, a.Length * 8).TakeWhile(i => ((a[i / 8] ^ b[i / 8]) & (0x80 >> (i % 8))) == 0).Count();
        Assert.Equal(bits, common);
    }
}
