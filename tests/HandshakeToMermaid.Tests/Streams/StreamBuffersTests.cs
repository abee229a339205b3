using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Streams;

public sealed class StreamBuffersTests
{
    [Fact]
    public void A_buffer_has_room_for_what_was_asked_and_little_more()
    {
        for (var least = 1; least < 100_000; least += 7)
        {
            var buffer = StreamBuffers.Rent(least);
            Assert.InRange(buffer.Length, least, Math.Max(1024, 2 * least));
            StreamBuffers.Return(buffer);
        }
    }

    [Fact]
    public void Foreign_arrays_are_not_rented_out()
    {
        foreach (var length in (int[])[0, 1, 1000, 1025, 3000]) StreamBuffers.Return(new byte[length]);
        A_buffer_has_room_for_what_was_asked_and_little_more();
    }

    [Fact]
    public void Nobody_gets_what_another_holds()
    {
        var held = Enumerable.Range(0, 100).Select(_ => StreamBuffers.Rent(3000)).ToList();
        foreach (var buffer in held) StreamBuffers.Return(buffer);
        held = [.. Enumerable.Range(0, 200).Select(_ => StreamBuffers.Rent(3000))];
        Assert.Equal(held.Count, held.Distinct<object>(ReferenceEqualityComparer.Instance).Count());
        foreach (var buffer in held) StreamBuffers.Return(buffer);
    }
}
