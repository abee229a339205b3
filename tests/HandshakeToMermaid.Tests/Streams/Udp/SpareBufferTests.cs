using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Tests.Streams.Udp;

public sealed class SpareBufferTests
{
    [Theory]
    [InlineData(1200, true)]
    [InlineData(2400, true)]
    [InlineData(2402, false)]
    [InlineData(1199, false)]
    public void The_room_that_was_given_is_used_once_where_it_is_neither_too_small_nor_twice_too_large(int given, bool isUsed)
    {
        var spare = new SpareBuffer();
        var room = new byte[given];
        spare.Give(room);
        var taken = spare.Take(1200);
        Assert.Equal((isUsed, isUsed ? given : 1200), (ReferenceEquals(room, taken), taken.Length));
        if (isUsed) Assert.NotSame(room, spare.Take(1200));
    }
}
