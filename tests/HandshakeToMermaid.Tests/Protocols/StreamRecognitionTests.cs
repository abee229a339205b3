using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Protocols.Upgrade;

namespace HandshakeToMermaid.Tests.Protocols;

/// <summary>What is kept of a stream while nobody knows what it is.</summary>
public sealed class StreamRecognitionTests
{
    [Theory]
    [InlineData(10, false)]
    [InlineData(1000, true)]
    public void Pieces_between_holes_are_not_kept_for_ever(int pieces, bool isGivenUp)
    {
        var session = new PreludeTalk();
        for (var i = 0; i < pieces; i++) session.Server("2").Lose(Direction.Reverse);
        Assert.Equal(isGivenUp, session.IsSatisfied(Direction.Reverse));
    }

    [Fact]
    public void A_stream_given_up_for_its_holes_is_proved_to_be_nothing()
    {
        var session = new PreludeTalk();
        for (var i = 0; i < 1000; i++) session.Server("2").Lose(Direction.Reverse);
        Assert.Equal(OutcomeClass.Incomplete, Assert.Single(session.Facts).Judge(new FlowSummary(session.Flow, Direction.Forward))!.Class);
    }
}
