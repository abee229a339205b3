using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Wire;

/// <summary>What was decoded before from the same bytes.</summary>
public sealed class RepeatedBytesTests
{
    private readonly RepeatedBytes<string> known = new(places: 1, longest: 4);

    [Fact]
    public void The_same_bytes_of_the_same_kind_are_found_with_the_array_that_was_remembered()
    {
        byte[] bytes = [1, 2, 3, 4];
        known.Remember(1, bytes, "one");
        Assert.True(known.TryFind(1, [1, 2, 3, 4], out var decoded, out var same));
        Assert.Equal("one", decoded);
        Assert.True(same.Equals(bytes.AsMemory()));
    }

    [Fact]
    public void Other_bytes_and_another_kind_are_not_found_though_they_share_the_place()
    {
        known.Remember(1, new byte[] { 1, 2, 3 }, "one");
        Assert.False(known.TryFind(1, [1, 2, 4], out var decoded, out var same));
        Assert.Null(decoded);
        Assert.True(same.IsEmpty);
        Assert.False(known.TryFind(2, [1, 2, 3], out _, out _));
    }

    [Fact]
    public void A_place_holds_what_was_there_last()
    {
        known.Remember(1, new byte[] { 1 }, "one");
        known.Remember(1, new byte[] { 2 }, "two");
        Assert.False(known.TryFind(1, [1], out _, out _));
        Assert.True(known.TryFind(1, [2], out _, out _));
    }

    [Fact]
    public void Longer_bytes_than_allowed_are_not_remembered()
    {
        known.Remember(1, new byte[5], "long");
        Assert.False(known.TryFind(1, new byte[5], out _, out _));
    }

    [Fact]
    public void Every_place_of_the_table_is_used()
    {
        var table = new RepeatedBytes<string>(places: 4, longest: 4);
        for (byte i = 0; i < 64; i++) table.Remember(1, new[] { i }, $"{i}");
        Assert.Equal(4, Enumerable.Range(0, 64).Count(i => table.TryFind(1, [(byte)i], out var decoded, out _) && decoded == $"{i}"));
    }
}
