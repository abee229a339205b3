using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Protocols.Dns;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

public class LookupOutcomeTests
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
        List<NameLookup> lookups = [];
        foreach (var one in told.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (type, result) = (one.Split('=')[0], one.Split('=')[1]);
            var lookup = new NameLookup { Ticket = frame, Capture = "", Client = default, Resolver = default, Name = "a.example", Type = type };
            lookup.Queries.Add(new FrameMark(++frame, default));
            frame++;
            lookups.Add(lookup);
            if (result == "silent") continue;
            lookup.Answer = new FrameMark(frame, default);
            lookup.Rcode = result is "ok" or "empty" ? "NOERROR" : result;
            if (result == "ok") lookup.Addresses = [.. lookup.Addresses, IpAddress.Parse("192.0.2.1")!.Value];
        }

        var judged = LookupOutcome.Of(lookups);
        Assert.Equal(outcome, judged is null ? null : $"{judged.Class} {judged.Frame}");
    }

    [Fact]
    public void Silence_is_likely_even_where_the_client_asked_again()
    {
        var lookup = new NameLookup { Ticket = 1, Capture = "", Client = default, Resolver = default, Name = "a.example", Type = "A" };
        lookup.Queries.Add(new FrameMark(1, default));
        Assert.Equal(Confidence.Likely, LookupOutcome.Of([lookup])!.Confidence);

        lookup.Queries.Add(new FrameMark(2, default));
        Assert.Equal(Confidence.Likely, LookupOutcome.Of([lookup])!.Confidence);
    }

    [Fact]
    public void An_empty_answer_to_the_question_for_IPv6_alone_decides_nothing()
    {
        var lookup = new NameLookup { Ticket = 1, Capture = "", Client = default, Resolver = default, Name = "a.example", Type = "AAAA", Rcode = "NOERROR", Answer = new FrameMark(2, default) };
        lookup.Queries.Add(new FrameMark(1, default));
        Assert.Null(LookupOutcome.Of([lookup]));
    }
}
