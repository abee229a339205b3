using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Wire;

/// <summary>The examples of RFC 9000 appendix A.1.</summary>
public sealed class VariableIntegerTests
{
    [Theory]
    [InlineData("c2197c5eff14e88c", 151_288_809_941_952_652)]
    [InlineData("9d7f3e7d", 494_878_333)]
    [InlineData("7bbd", 15_293)]
    [InlineData("25", 37)]
    [InlineData("4025", 37)]
    public void An_example_of_the_RFC_is_read_whole(string bytes, ulong expected)
    {
        var at = 1;
        Assert.True(VariableInteger.TryRead([0xFF, .. Convert.FromHexString(bytes), 0xFF], ref at, out var value));
        Assert.Equal((expected, 1 + bytes.Length / 2), (value, at));
    }

    [Fact]
    public void The_last_one_may_end_with_the_bytes()
    {
        var at = 1;
        Assert.True(VariableInteger.TryRead([0xFF, 0x7B, 0xBD], ref at, out var value));
        Assert.Equal((15_293UL, 3), (value, at));
    }

    [Fact]
    public void Bytes_in_front_of_one_are_no_part_of_it()
    {
        var at = 2;
        Assert.False(VariableInteger.TryRead([0xFF, 0xFF, 0x7B], ref at, out _));
        Assert.Equal(2, at);
    }

    [Theory]
    [InlineData("c2197c5eff14e8")]
    [InlineData("7b")]
    [InlineData("")]
    public void What_is_not_there_as_a_whole_is_not_read(string bytes)
    {
        var at = 0;
        Assert.False(VariableInteger.TryRead(Convert.FromHexString(bytes), ref at, out _));
        Assert.Equal(0, at);
    }
}
