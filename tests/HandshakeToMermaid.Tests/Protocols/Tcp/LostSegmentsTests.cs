using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Protocols.Tcp;

/// <summary>What the numbers of later segments say of segments that the capture lacks.</summary>
public sealed class LostSegmentsTests
{
    [Theory]
    [InlineData("C SYN; lost S SYN-ACK; C ACK; S RST noack")]
    [InlineData("C SYN; lost S SYN-ACK; C ACK; C 'data'; S RST-ACK")]
    [InlineData("C SYN; lost S SYN-ACK; lost C ACK; lost C 'data'; S RST-ACK")]
    [InlineData("C SYN; lost S SYN-ACK; lost C ACK; S RST noack")]
    public void A_reset_behind_a_lost_SYN_ACK_is_no_refusal(string script) => Assert.NotEqual(OutcomeClass.TcpRefused, Read(script).Outcome.Class);

    [Fact]
    public void A_lost_SYN_ACK_is_said() => Assert.Contains(Read("C SYN; lost S SYN-ACK; C ACK; S RST noack").Unparsed, u => u.What == UnparsedReason.Gap);

    [Fact]
    public void A_reset_that_answers_the_SYN_is_a_refusal() => Assert.Equal(OutcomeClass.TcpRefused, Read("C SYN; S RST-ACK").Outcome.Class);

    [Theory]
    [InlineData("C SYN; S SYN-ACK; C ACK; lost C 'data'; S RST-ACK")]
    [InlineData("C SYN; S SYN-ACK; C ACK; lost C 'data'; C RST-ACK seq+0")]
    public void A_reset_behind_bytes_that_were_not_captured_says_that_they_are_missing(string script)
    {
        var connection = Read(script);
        Assert.Equal(4, connection.Flow!.Flow.Forward.MissingBytes);
        Assert.Equal(OutcomeClass.Incomplete, connection.Outcome.Class);
    }

    [Fact]
    public void A_reset_from_another_distance_says_nothing_of_what_was_sent()
        => Assert.Equal(0, Read("C SYN; S SYN-ACK ttl=64; C ACK; C 'data'; S RST seq=1460 ttl=51 noack").Flow!.Flow.Reverse.MissingBytes);

    [Fact]
    public void A_lost_FIN_is_said_where_it_was_acknowledged()
        => Assert.Contains(Read("C SYN; S SYN-ACK; C ACK; lost C FIN; S FIN; C ACK").Unparsed, u => u.Detail == "the last byte or a FIN was not captured");

    private static Connection Read(string script) => Assert.Single(Reading.Of(ScriptedCapture.Of(script)).Connections).Connection;
}
