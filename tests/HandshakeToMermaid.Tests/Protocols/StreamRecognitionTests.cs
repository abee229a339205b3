using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Protocols.StartTls;

namespace HandshakeToMermaid.Tests.Protocols;

/// <summary>What is kept of a stream while nobody knows what it is.</summary>
public sealed class StreamRecognitionTests
{
    [Theory]
    [InlineData(10, false)]
    [InlineData(1000, true)]
    public void Pieces_between_holes_are_not_kept_for_ever(int pieces, bool isGivenUp)
    {
        var talk = new PreludeTalk();
        for (var i = 0; i < pieces; i++) talk.Server("2").Lose(Direction.Reverse);
        Assert.Equal(isGivenUp, talk.IsSatisfied(Direction.Reverse));
    }

    [Fact]
    public void A_stream_given_up_for_its_holes_is_proved_to_be_nothing()
    {
        var talk = new PreludeTalk();
        for (var i = 0; i < 1000; i++) talk.Server("2").Lose(Direction.Reverse);
        Assert.Equal(OutcomeClass.Incomplete, Assert.Single(talk.Facts).Judge(new FlowSummary(talk.Flow, Direction.Forward))!.Class);
    }
}
