using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>Rules that tell who ended a connection and why, where what came later, or was never offered, could mislead.</summary>
public sealed class EndOfConnectionRulesTests : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");

    [Fact]
    public void A_server_that_answers_after_the_client_has_left_was_slow()
    {
        var late = Read(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + "+20ms; S ACK; +2s; C FIN; S ACK; +500ms;" + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(2000)) + "C RST");
        Assert.Equal(OutcomeClass.ClosedByClient, late.Connection.Outcome.Class);
        var finding = late.Findings[0];
        Assert.Equal(("slow-server", Severity.Error), (finding.Code, finding.Severity));
        Assert.DoesNotContain(late.Findings, f => f.Code == "closed-early");
    }

    [Fact]
    public void A_late_answer_is_the_servers_also_where_the_round_trip_is_not_known()
    {
        var late = Read("lost C SYN; +20ms; lost S SYN-ACK; C ACK;" + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + "+20ms; S ACK; +2s; C FIN; S ACK; +500ms;" + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(2000)) + "C RST");
        Assert.Equal(("slow-server", Confidence.Likely), (late.Findings[0].Code, late.Findings[0].Confidence));
    }

    [Theory]
    [InlineData("C FIN; S ACK", Confidence.Likely)]
    [InlineData("C FIN; S FIN; C ACK", Confidence.Certain)]
    internal void That_a_server_never_answered_is_proved_by_its_own_end_alone(string end, Confidence confidence)
    {
        var silent = Read(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + "+20ms; S ACK; +3s;" + end);
        Assert.Equal((OutcomeClass.NoServerHello, confidence), (silent.Connection.Outcome.Class, silent.Connection.Outcome.Confidence));
        Assert.Equal(confidence, silent.Findings.First(f => f.Code == "no-server-hello").Confidence);
    }

    [Fact]
    public void The_servers_fin_on_the_hello_and_the_clients_late_decode_error_are_closed_early()
    {
        var connection = Read(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + "+20ms; S FIN; C ACK;" + Client(TlsBytes.Alert(2, 50)) + "C FIN; S RST");
        Assert.Equal((OutcomeClass.ClosedByServer, OutcomeActor.Server), (connection.Connection.Outcome.Class, connection.Connection.Outcome.By));
        Assert.Equal("closed-early", connection.Findings[0].Code);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_server_that_closes_after_the_clients_closing_alert_cut_nothing_off(bool clientWasFirst, bool isMissed)
    {
        using var leaf = CertificateMint.Leaf(root);
        var farewell = clientWasFirst ? Client(TlsBytes.Record(21, TlsBytes.Fill(26))) : "";
        var findings = Read(Completed12(leaf.Der, root.Der) + Client(TlsBytes.Encrypted(100)) + Server(TlsBytes.Encrypted(300)) + farewell + "S FIN; C FIN; S ACK").Findings;
        Assert.Equal(isMissed, findings.Any(f => f.Code == "no-close-notify"));
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(9000, false)]
    public void An_empty_certificate_and_an_answer_as_short_as_an_error_page_are_told(int answer, bool isTold)
    {
        var hello = TlsBytes.ClientHello12(null, TlsBytes.Alpn("http/1.1"));
        var flight = TlsBytes.Handshake(TlsBytes.ServerHello12(0x002F), TlsBytes.Certificate12(500), TlsBytes.CertificateRequest12(), TlsBytes.ServerHelloDone());
        var empty = TlsBytes.Handshake(TlsBytes.Message(11, TlsBytes.Vector24()), TlsBytes.ClientKeyExchange12());
        var connection = Read(Opened + Client(TlsBytes.Handshake(hello)) + Server(flight) + Client(empty, TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished())
            + Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + Client(TlsBytes.Encrypted(120)) + Server(TlsBytes.Encrypted(answer)) + Client(TlsBytes.Record(21, TlsBytes.Fill(26))) + "C FIN; S FIN; C ACK");
        Assert.Equal(OutcomeClass.Established, connection.Connection.Outcome.Class);
        Assert.Equal(isTold, connection.Findings.Any(f => f is { Code: "client-certificate-missing", Severity: Severity.Warning, Confidence: Confidence.Likely }));
    }

    [Fact]
    public void A_missing_certificate_is_proved_where_the_answer_says_so()
    {
        var connection = Reading.OfSample("client-certificate-400")[^1];
        Assert.Equal(OutcomeClass.Established, connection.Connection.Outcome.Class);
        var finding = connection.Findings[0];
        Assert.Equal(("client-certificate-missing", Severity.Warning, Confidence.Certain), (finding.Code, finding.Severity, finding.Confidence));
        Assert.False(connection.IsFailed);
    }

    [Fact]
    public void A_random_session_id_offers_no_session()
    {
        using var leaf = CertificateMint.Leaf(root);
        var offered = TlsBytes.ClientHello12(TlsBytes.Fill(32, 0x77));
        Assert.DoesNotContain(Reading.Of(PlayedHandshake.Completed(hello: offered, chain: [leaf.Der, root.Der])).Connections[^1].Findings, f => f.Code == "resumption-refused");
        var ordinal = TlsBytes.ClientHello12(null, TlsBytes.Extension(35, TlsBytes.Fill(100)));
        Assert.Contains(Reading.Of(PlayedHandshake.Completed(hello: ordinal, chain: [leaf.Der, root.Der])).Connections[^1].Findings, f => f.Code == "resumption-refused");
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private static string Completed12(params byte[][] chain) => Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + "+20ms;"
        + Server(TlsBytes.Handshake(TlsBytes.ServerHello12(0x002F), TlsBytes.Message(11, TlsBytes.Vector24([.. chain.Select(c => TlsBytes.Vector24(c))])), TlsBytes.ServerHelloDone()))
        + Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + "+20ms;"
        + Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished());

    private static DiagnosedConnection Read(string script) => Reading.Of(Of(script)).Connections[^1];
}
