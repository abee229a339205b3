using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

public class ResolutionOutcomeTests
{
    [Theory]
    [InlineData("A=ok", null)]
    [InlineData("A=ok AAAA=empty", null)]
    [InlineData("A=ok AAAA=SERVFAIL", null)]
    [InlineData("A=silent A=ok", null)]
    [InlineData("A=ok HTTPS=silent", null)]
    [InlineData("A=NXDOMAIN AAAA=NXDOMAIN", "dns_error 2")]
    [InlineData("HTTPS=REFUSED AAAA=empty A=SERVFAIL", "dns_error 6")]
    [InlineData("A=SERVFAIL AAAA=silent", "dns_error 2")]
    [InlineData("A=empty AAAA=empty", "dns_error 4")]
    [InlineData("A=empty AAAA=empty HTTPS=silent", "dns_error 4")]
    [InlineData("A=silent AAAA=silent", "dns_timeout 3")]
    [InlineData("A=empty AAAA=silent", "dns_timeout 3")]
    [InlineData("A=silent A=empty", "dns_error 4")]
    [InlineData("HTTPS=empty", null)]
    [InlineData("HTTPS=silent", null)]
    [InlineData("HTTPS=NXDOMAIN", null)]
    [InlineData("A=silent HTTPS=NXDOMAIN", "dns_timeout 1")]
    [InlineData("", null)]
    public void A_name_failed_only_when_it_led_nowhere(string told, string? outcome)
    {
        var frame = 0;
        List<DnsQuery> queries = [];
        foreach (var one in told.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (type, result) = (one.Split('=')[0], one.Split('=')[1]);
            var query = new DnsQuery { Ordinal = frame, Capture = "", Client = default, Resolver = default, Name = "a.example", Type = type };
            query.Ask(new FrameMark(++frame, default));
            frame++;
            queries.Add(query);
            if (result == "silent") continue;
            query.Answer = new FrameMark(frame, default);
            query.Rcode = result is "ok" or "empty" ? "NOERROR" : result;
            if (result == "ok") query.Addresses = [.. query.Addresses, IpAddress.Parse("192.0.2.1")!.Value];
        }

        var judged = ResolutionOutcome.Of(queries);
        Assert.Equal(outcome, judged is null ? null : $"{judged.Class} {judged.Frame}");
    }

    [Fact]
    public void Silence_is_likely_even_where_the_client_asked_again()
    {
        var query = new DnsQuery { Ordinal = 1, Capture = "", Client = default, Resolver = default, Name = "a.example", Type = "A" };
        query.Ask(new FrameMark(1, default));
        Assert.Equal(Confidence.Likely, ResolutionOutcome.Of([query])!.Confidence);

        query.Ask(new FrameMark(2, default));
        Assert.Equal(Confidence.Likely, ResolutionOutcome.Of([query])!.Confidence);
    }

    [Fact]
    public void An_empty_answer_to_the_question_for_IPv6_alone_decides_nothing()
    {
        var query = new DnsQuery { Ordinal = 1, Capture = "", Client = default, Resolver = default, Name = "a.example", Type = "AAAA", Rcode = "NOERROR", Answer = new FrameMark(2, default) };
        query.Ask(new FrameMark(1, default));
        Assert.Null(ResolutionOutcome.Of([query]));
    }
}
