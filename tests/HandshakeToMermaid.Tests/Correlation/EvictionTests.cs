using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Correlation;

/// <summary>What is said of connections that had to be given up while they went on: never that something was missing.</summary>
public sealed class EvictionTests
{
    [Fact]
    public void A_SYN_that_was_given_up_did_not_time_out()
    {
        var script = new VisitScript();
        for (var i = 0; i < 3; i++) script.Syn(50_000 + i, i, "198.51.100.7").Syn(50_000 + i, 1000 + i, "198.51.100.7").Syn(50_000 + i, 3000 + i, "198.51.100.7");
        Assert.All(Read(script, new AnalyzerLimits()), row => Assert.Equal("tcp_timeout", row.Connection.Outcome.Class.Name));

        var few = Read(script, new AnalyzerLimits { EmbryonicFlows = 2 });
        Assert.DoesNotContain(few, row => row.Connection.Outcome.Class == OutcomeClass.TcpTimeout);
        var evicted = few.Where(row => row.Connection.Unparsed.Count > 0).ToList();
        Assert.Equal(few.Count - 2, evicted.Count);
        Assert.All(evicted, row =>
        {
            Assert.Empty(row.Findings);
            Assert.Equal(UnparsedReason.Cap, Assert.Single(row.Connection.Unparsed).What);
        });
    }

    [Fact]
    public void A_hello_whose_flow_was_given_up_was_not_left_unanswered()
    {
        var script = new VisitScript();
        for (var i = 0; i < 6; i++) script.Connect(50_000 + i, 10 * i, 60_000 + i, TlsBytes.Handshake(TlsBytes.ClientHello13("www.example.com")));
        var rows = Read(script, new AnalyzerLimits { OpenFlows = 3 });
        Assert.Equal(6, rows.Count);
        Assert.Equal(3, rows.Count(row => row.Connection.Outcome.Class == OutcomeClass.Incomplete && row.Findings.Count == 0));
    }

    [Fact]
    public void A_connection_that_goes_on_for_long_does_not_hold_back_all_later_ones()
    {
        var script = new VisitScript().Connect(50_000, 0, 500_000, TlsBytes.Handshake(TlsBytes.ClientHello13("long.example.com")));
        for (var i = 1; i < 100; i++) script.Connect(50_000 + i, 1000 * i, (1000 * i) + 100, TlsBytes.Handshake(TlsBytes.ClientHello13("short.example.com")));
        var rows = Read(script, new AnalyzerLimits { WaitingResults = 40 });
        Assert.Equal(100, rows.Count);
        Assert.Contains(rows[0].Connection.Unparsed, part => part.What == UnparsedReason.Cap);
        Assert.All(rows.Skip(1), row => Assert.Empty(row.Connection.Unparsed));
    }

    [Fact]
    public void A_query_that_was_given_up_did_not_fail()
    {
        var script = new VisitScript();
        for (var i = 0; i < 5; i++) script.Lookup($"name{i}.example.com", 1, i, null, port: 40_000 + i);
        Assert.Equal(5, Read(script, new AnalyzerLimits()).Count);
        Assert.Equal(2, Read(script, new AnalyzerLimits { OpenQueries = 2 }).Count);
    }

    [Fact]
    public void A_name_that_does_not_exist_is_reported_however_many_connections_follow_at_once()
    {
        var script = new VisitScript().Lookup("missing.example.com", 1, 0, 5, rcode: 3);
        for (var i = 1; i < 100; i++) script.Connect(50_000 + i, 10 * i, (10 * i) + 5, TlsBytes.Handshake(TlsBytes.ClientHello13("short.example.com")));
        var rows = Read(script, new AnalyzerLimits { WaitingResults = 40 });
        Assert.Equal(100, rows.Count);
        Assert.Equal(OutcomeClass.DnsError, rows[0].Connection.Outcome.Class);
    }

    private static List<DiagnosedConnection> Read(VisitScript script, AnalyzerLimits limits) =>
        [.. Reading.Of(script.ToPcap(), new AnalyzerOptions { Limits = limits }).Connections];
}
