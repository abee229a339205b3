using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class SequenceNumberTests
{
    [Theory]
    [InlineData(0u, 0u, 0)]
    [InlineData(1u, 2u, 1)]
    [InlineData(2u, 1u, -1)]
    [InlineData(0xFFFF_FFFFu, 0u, 1)]
    [InlineData(0u, 0xFFFF_FFFFu, -1)]
    [InlineData(0xFFFF_FF00u, 0x0000_0100u, 0x200)]
    [InlineData(0x8000_0000u, 0xFFFF_FFFFu, int.MaxValue)]
    public void Distance_is_right_across_the_wrap(uint from, uint to, int distance) =>
        Assert.Equal(distance, SequenceNumber.Distance(from, to));

    [Fact]
    public void The_last_number_comes_before_zero()
    {
        Assert.True(SequenceNumber.IsBefore(0xFFFF_FFFF, 0));
        Assert.False(SequenceNumber.IsBefore(0, 0xFFFF_FFFF));
        Assert.False(SequenceNumber.IsBefore(7, 7));
    }

    [Fact]
    public void A_position_keeps_its_sequence_number_and_lies_near()
    {
        var random = new Random(5);
        for (var i = 0; i < 10_000; i++)
        {
            var position = random.NextInt64(1L << 32, 1L << 40);
            var offset = random.NextInt64(int.MinValue, int.MaxValue);
            Assert.Equal(position + offset, SequenceNumber.Lift(position, unchecked((uint)(position + offset))));
        }
    }
}
