namespace HandshakeToMermaid.Tests.Laws;

/// <summary>A name whose answer was not captured, and whose client went on to the server: it was resolved.</summary>
public sealed class LostAnswerTests
{
    [Theory]
    [InlineData(WayOfReading.WhenOver)]
    [InlineData(WayOfReading.AsItComes)]
    internal void A_lookup_without_its_answer_belongs_to_the_connection_that_asks_for_its_name(WayOfReading way)
    {
        var connection = Assert.Single(LawCaptures.Sample("expired-certificate").DropFrames(1).Read(way)).Connection;
        Assert.Equal(1, connection.First.Frame);
        Assert.False(Assert.Single(connection.Queries).Answer.IsSet);
        Assert.Contains(connection.Unparsed, u => u.Detail == "the answer from 192.0.2.53 was not captured");
        Assert.DoesNotContain(connection.Steps, s => s.Helper is not null && s.IsDeadEnd);
    }

    [Fact]
    public void The_newest_unanswered_lookup_belongs_to_a_later_connection_whose_client_knew_the_address_before()
    {
        var capture = LawCaptures.Sample("resumption-tls12");
        var answer = capture.Read()[1].Connection.Queries[0].Answer.Frame;
        var found = capture.DropFrames((int)answer - 1).Read();
        Assert.Equal(2, found.Count);
        Assert.False(Assert.Single(found[1].Connection.Queries).Answer.IsSet);
    }

    [Fact]
    public void A_name_that_nobody_went_to_is_not_resolved() => Assert.Equal("dns-no-answer", Assert.Single(LawCaptures.Sample("dns-unanswered").Read()).Findings[0].Code);
}
