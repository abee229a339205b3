using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class TcpOptionsTests
{
    [Theory]
    [InlineData("020405B4", 1460)]
    [InlineData("0101020405B40402", 1460)]
    [InlineData("0402080A0102030405060708020405A0", 1440)]
    [InlineData("", 0)]
    [InlineData("0000020405B4", 0)]
    [InlineData("0204", 0)]
    [InlineData("02", 0)]
    [InlineData("0200", 0)]
    [InlineData("020305", 0)]
    public void The_segment_size_is_found_among_the_options(string options, int size) =>
        Assert.Equal(size, TcpOptions.MaximumSegmentSize(Convert.FromHexString(options)));

    [Fact]
    public void Random_options_never_throw()
    {
        var random = new Random(3);
        var bytes = new byte[40];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            for (var j = 0; j < bytes.Length; j++) bytes[j] = (byte)(bytes[j] % 12);
            _ = TcpOptions.MaximumSegmentSize(bytes.AsSpan(0, random.Next(41)));
        }
    }
}
