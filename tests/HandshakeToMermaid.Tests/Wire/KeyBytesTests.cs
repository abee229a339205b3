using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Wire;

/// <summary>Keys of what depends on several things.</summary>
public sealed class KeyBytesTests
{
    [Fact]
    public void Numbers_and_parts_stand_one_behind_the_other_and_parts_behind_their_lengths()
    {
        var key = new KeyBytes(stackalloc byte[16]);
        key.Add(0x04030201);
        key.Add([9, 8, 7]);
        Assert.Equal([1, 2, 3, 4, 3, 0, 0, 0, 9, 8, 7], key.Written.ToArray());
    }

    [Fact]
    public void Parts_that_are_cut_elsewhere_make_another_key()
    {
        var one = new KeyBytes(stackalloc byte[32]);
        one.Add([1, 2]);
        one.Add([3]);
        var other = new KeyBytes(stackalloc byte[32]);
        other.Add([1]);
        other.Add([2, 3]);
        Assert.False(one.Written.SequenceEqual(other.Written));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]
    public void A_number_takes_four_bytes_of_the_room(int room, bool fits)
    {
        var key = new KeyBytes(new byte[room]);
        key.Add(7);
        Assert.Equal(fits ? 4 : 0, key.Written.Length);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(6, false)]
    public void A_key_without_room_for_a_part_is_empty_and_stays_so(int room, bool fits)
    {
        var key = new KeyBytes(new byte[room]);
        key.Add([1, 2, 3]);
        Assert.Equal(fits ? 7 : 0, key.Written.Length);
        key.Add([]);
        Assert.Equal(0, key.Written.Length);
    }

    [Fact]
    public void Room_that_a_shorter_part_would_have_does_not_make_a_key_whole_again()
    {
        var key = new KeyBytes(new byte[9]);
        key.Add(new byte[6]);
        key.Add(new byte[6]);
        Assert.Equal(0, key.Written.Length);
    }
}
