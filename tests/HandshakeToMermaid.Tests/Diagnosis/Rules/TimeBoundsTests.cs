using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>How long something must take before a rule speaks of it: at the bound and one millisecond before. Each frame of a script takes one millisecond itself.</summary>
public sealed class TimeBoundsTests : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");

    [Theory]
    [InlineData(397, null)]
    [InlineData(398, "one round trip takes 400 ms, and the handshake needs several")]
    public void A_round_trip_of_400_ms_is_a_slow_network(int way, string? cause) =>
        Assert.Equal(cause, Cause("slow-network", $"C SYN; +{way}ms; S SYN-ACK; C ACK; C 'hello'; S 'hello'; C ACK", 9000));

    [Theory]
    [InlineData(519, null)]
    [InlineData(520, "it took 500 ms to send its ServerHello, network delay not counted")]
    public void A_server_that_needs_500_ms_beside_the_way_is_slow(int wait, string? cause) => Assert.Equal(cause, Cause("slow-server", $"{Opened}{Hello13}+{wait}ms;{Answer13}C ACK"));

    [Theory]
    [InlineData(499, null)]
    [InlineData(500, "it took 500 ms to process the server's flight, network delay not counted")]
    public void A_client_that_needs_500_ms_beside_the_way_is_slow(int wait, string? cause)
    {
        using var leaf = CertificateMint.Leaf(root);
        var findings = Reading.Of(PlayedHandshake.Completed(pause: $"+{wait}ms;", chain: [leaf.Der, root.Der])).Connections[^1].Findings;
        Assert.Equal(cause, findings.SingleOrDefault(f => f.Code == "slow-client")?.Cause);
    }

    /// <summary>Where the way is known it is not laid to the server; where it is not, the server gets twice the time.</summary>
    [Theory]
    [InlineData(Opened, 486, null)]
    [InlineData(Opened, 487, Confidence.Certain)]
    [InlineData(WayNotSeen, 965, null)]
    [InlineData(WayNotSeen, 966, Confidence.Likely)]
    internal void A_server_that_replies_after_the_client_has_left_was_slow_only_after_a_while(string opened, int wait, Confidence? confidence)
    {
        var found = Findings($"{opened}{Hello13}+20ms; S ACK; +{wait}ms; C FIN; S ACK; +10ms;{Answer13}C RST");
        var late = found.SingleOrDefault(f => f.Code == "slow-server");
        Assert.Equal(confidence, late?.Confidence);
        if (late is not null) Assert.Equal((Severity.Error, "The server replied after the client had closed"), (late.Severity, late.Title));
    }

    [Theory]
    [InlineData(997, "The client left before the server replied", "it waited only 999 ms for the ServerHello")]
    [InlineData(998, "The server did not answer the ClientHello", "its TCP acknowledged the ClientHello, its application sent nothing for 1.0 s")]
    public void A_client_that_leaves_within_a_second_shows_nothing_about_the_server(int wait, string title, string cause)
    {
        var finding = Assert.Single(Findings($"{Opened}{Hello13}S ACK; +{wait}ms; C FIN; S FIN; C ACK"));
        Assert.Equal(("no-server-hello", title, cause), (finding.Code, finding.Title, finding.Cause));
        Assert.Equal((Severity.Error, "ClientHello"), (finding.Severity, finding.At!.Title));
        Assert.Equal([4, 6], finding.Frames);
    }

    [Theory]
    [InlineData(997, "C FIN; S FIN; C ACK", "closed-early", Severity.Error)]
    [InlineData(998, "C FIN; S FIN; C ACK", "no-answer", Severity.Error)]
    [InlineData(9997, "C ACK seq+0", null, Severity.Error)]
    [InlineData(9998, "C ACK seq+0", "no-answer", Severity.Warning)]
    internal void A_request_is_unanswered_after_a_second_where_the_client_left_and_after_ten_where_it_stays(int wait, string end, string? code, Severity severity)
    {
        var finding = Findings($"{Opened}C hex:0000000804D2162F; S ACK; +{wait}ms; {end}", 5432).SingleOrDefault();
        Assert.Equal(code, finding?.Code);
        if (finding is not null) Assert.Equal(severity, finding.Severity);
    }

    [Theory]
    [InlineData(998, "closed-early")]
    [InlineData(999, "no-answer")]
    public void A_client_that_closes_within_a_second_did_not_wait_for_a_greeting(int wait, string code) =>
        Assert.Equal(code, Assert.Single(Findings($"{Opened}+{wait}ms; C FIN; S FIN; C ACK", 25)).Code);

    /// <summary>Who refuses a certificate leaves at once: within 10 ms, and the way where the server's Finished came last.</summary>
    [Theory]
    [InlineData(8, Severity.Warning)]
    [InlineData(9, Severity.Info)]
    internal void Who_leaves_within_10_ms_may_have_refused_the_certificate(int wait, Severity severity)
    {
        var script = $"{Opened}{Hello13}+20ms;{Answer13}{Client(TlsBytes.ChangeCipherSpec(), TlsBytes.Encrypted(53))}{Server(TlsBytes.Encrypted(280))}+{wait}ms; C FIN; S FIN; C ACK";
        var finding = Assert.Single(Findings(script));
        Assert.Equal(("closed-without-request", severity), (finding.Code, finding.Severity));
    }

    [Theory]
    [InlineData(31, Severity.Warning)]
    [InlineData(32, Severity.Info)]
    internal void The_way_of_the_servers_finished_is_not_counted(int wait, Severity severity)
    {
        using var leaf = CertificateMint.Leaf(root);
        var finding = Assert.Single(Findings(Established12(leaf.Der, root.Der) + $"+{wait}ms; C FIN; S FIN; C ACK"));
        Assert.Equal(("closed-without-request", severity), (finding.Code, finding.Severity));
    }

    [Theory]
    [InlineData(1021, Severity.Error)]
    [InlineData(1022, Severity.Warning)]
    internal void A_fault_ended_a_connection_that_was_left_within_a_second(int wait, Severity severity)
    {
        using var leaf = CertificateMint.Leaf(root, "another.example");
        var finding = Findings(Established12(leaf.Der, root.Der) + $"+{wait}ms; C FIN; S FIN; C ACK").Single(f => f.Code == "certificate-name-mismatch");
        Assert.Equal(severity, finding.Severity);
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private const string WayNotSeen = "lost C SYN; +20ms; lost S SYN-ACK; C ACK;";

    private static string Hello13 => Client(TlsBytes.Handshake(TlsBytes.ClientHello13()));

    private static string Answer13 => Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(2000));

    private static string Established12(params byte[][] chain) => Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + "+20ms;"
        + Server(TlsBytes.Handshake(TlsBytes.ServerHello12(0x002F), TlsBytes.Message(11, TlsBytes.Vector24([.. chain.Select(c => TlsBytes.Vector24(c))])), TlsBytes.ServerHelloDone()))
        + Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + "+20ms;"
        + Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished());

    private static string? Cause(string code, string script, ushort port = 443) => Findings(script, port).SingleOrDefault(f => f.Code == code)?.Cause;

    private static IReadOnlyList<Finding> Findings(string script, ushort port = 443) => Assert.Single(Reading.Of(Of(script, port)).Connections).Findings;
}
