using HandshakeToMermaid.Diagnosis;

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

    /// <summary>Of the connection only the CONNECT and the proxy's FIN with the rest of its answer.</summary>
    [Fact]
    public void A_proxy_whose_answer_began_before_what_was_captured_of_it_did_not_close_early()
    {
        var connection = Assert.Single(LawCaptures.Sample("proxy-refused").KeepOnly(1, 2, 5, 6, 10, 11).Read());
        Assert.Empty(connection.Findings);
        Assert.Equal("incomplete", connection.Connection.Outcome.Class.Name);
    }

    [Fact]
    public void A_SOCKS_reply_is_read_where_the_choice_of_the_method_was_not_captured()
    {
        var found = Assert.Single(LawCaptures.Sample("proxy-socks5").KeepOnly([1, 2, 6, .. Enumerable.Range(9, 15).Select(i => (long)i)]).Read());
        Assert.Equal("established", found.Connection.Outcome.Class.Name);
    }

    /// <summary>Of 41 frames those that a fuzzed loss left: the RST has the number of an acknowledgment that is not among them.</summary>
    [Fact]
    public void A_RST_that_answers_a_lost_segment_is_no_abort()
    {
        long[] kept = [2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 20, 21, 23, 27, 29, 38];
        var found = LawCaptures.Sample("tls13-0rtt").KeepOnly(kept).Read();
        Assert.Equal(["established", "incomplete"], found.Select(c => c.Connection.Outcome.Class.Name));
    }

    /// <summary>The ClientHello and the flight with the empty certificate are missing.</summary>
    [Fact]
    public void A_flight_whose_beginning_was_lost_is_not_long_enough_for_a_certificate()
    {
        var found = Assert.Single(LawCaptures.Sample("client-certificate-required-tls13").KeepOnly(1, 2, 7, 8, 11, 12, 13, 14, 15, 16).Read());
        Assert.Empty(found.Findings);
        Assert.Equal("incomplete", found.Connection.Outcome.Class.Name);
    }

    [Fact]
    public void What_is_left_of_fragments_in_EAP_is_not_plain_text()
    {
        var found = Assert.Single(LawCaptures.Sample("eap-tls").KeepOnly(2, 3, 6, 7, 8, 12, 14, 15).Read());
        Assert.DoesNotContain(found.Findings, f => f.Severity == Severity.Error);
        Assert.NotEmpty(found.Connection.Unparsed);
    }

    [Fact]
    public void A_name_that_nobody_went_to_is_not_resolved() => Assert.Equal("dns-no-answer", Assert.Single(LawCaptures.Sample("dns-unanswered").Read()).Findings[0].Code);
}
