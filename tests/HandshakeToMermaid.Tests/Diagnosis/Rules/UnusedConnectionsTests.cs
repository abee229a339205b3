using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>Connections that were established and that the client ended without a request.</summary>
public sealed class UnusedConnectionsTests : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");

    [Fact]
    public void A_client_that_leaves_right_behind_its_finished_may_have_refused_the_certificate()
    {
        var connection = Read(Established13 + Client(TlsBytes.Encrypted(19)) + "C FIN; S FIN; C ACK");
        Assert.Equal(OutcomeClass.Established, connection.Connection.Outcome.Class);
        var finding = Assert.Single(connection.Findings);
        Assert.Equal(("closed-without-request", Severity.Warning, Confidence.Likely), (finding.Code, finding.Severity, finding.Confidence));
        Assert.Contains("encrypted here", finding.Cause, StringComparison.Ordinal);
        Assert.Contains("health check", finding.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+300ms; C RST")]
    [InlineData("+30ms; C FIN; S FIN; C ACK")]
    public void Who_stays_a_while_did_not_leave_because_of_the_certificate(string end)
    {
        var finding = Assert.Single(Read(Established13 + Server(TlsBytes.Encrypted(57)) + end).Findings);
        Assert.Equal(("closed-without-request", Severity.Info), (finding.Code, finding.Severity));
        Assert.DoesNotContain("refused", finding.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("S FIN; C ACK; C FIN; S ACK")]
    [InlineData("C ACK")]
    public void Whom_the_server_left_or_who_stays_is_not_told_of(string end) => Assert.Empty(Read(Established13 + end).Findings);

    [Fact]
    public void A_request_that_the_capture_lacks_is_no_missing_request()
    {
        var connection = Read(Established13 + "lost " + Client(TlsBytes.Encrypted(200)) + "C FIN; S FIN; C ACK");
        Assert.DoesNotContain(connection.Findings, f => f.Code == "closed-without-request");
    }

    [Theory]
    [InlineData("C FIN; S FIN; C ACK", true)]
    [InlineData("+40ms; C FIN; S FIN; C ACK", true)]
    [InlineData("+20s; C FIN; S FIN; C ACK", false)]
    public void A_fault_that_is_seen_leads_as_an_error_where_the_client_left_on_it(string end, bool isError)
    {
        using var leaf = CertificateMint.Leaf(root, "another.example");
        var connection = Read(Established12(leaf.Der, root.Der) + end);
        Assert.Equal(OutcomeClass.Established, connection.Connection.Outcome.Class);
        Assert.Equal(("certificate-name-mismatch", isError ? Severity.Error : Severity.Warning), (connection.Findings[0].Code, connection.Findings[0].Severity));
        Assert.Equal(isError ? 1 : 2, connection.Findings.Count);
    }

    [Fact]
    public void A_leaf_sent_alone_is_no_fault_by_itself()
    {
        using var leaf = CertificateMint.Leaf(root);
        Assert.Equal("closed-without-request", Assert.Single(Read(Established12(leaf.Der) + "C FIN; S FIN; C ACK").Findings).Code);
    }

    [Fact]
    public void A_warning_that_the_server_sent_is_not_its_end()
    {
        using var leaf = CertificateMint.Leaf(root);
        var warning = Server(TlsBytes.Alert(1, 112));
        var script = Established12(leaf.Der).Replace("+20ms;", "+20ms;" + warning, StringComparison.Ordinal);
        Assert.Contains(Read(script + "C FIN; S FIN; C ACK").Findings, f => f.Code == "closed-without-request");
    }

    [Fact]
    public void A_session_that_was_resumed_showed_no_certificate()
    {
        var hello = TlsBytes.Handshake(TlsBytes.ClientHello13("one.example", TlsBytes.PreSharedKey()));
        var answer = TlsBytes.Handshake(TlsBytes.ServerHello13(0x1301, TlsBytes.Extension(41, TlsBytes.U16(0))));
        var finding = Assert.Single(Read(Opened + Client(hello) + "+20ms;" + Server(answer, TlsBytes.Encrypted(90)) + Client(TlsBytes.Encrypted(53)) + "C FIN; S FIN; C ACK").Findings);
        Assert.Equal(("closed-without-request", Severity.Info), (finding.Code, finding.Severity));
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private static string Established13 => Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + "+20ms;"
        + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(2000)) + Client(TlsBytes.ChangeCipherSpec(), TlsBytes.Encrypted(53)) + Server(TlsBytes.Encrypted(280));

    private static string Established12(params byte[][] chain) => Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + "+20ms;"
        + Server(TlsBytes.Handshake(
            TlsBytes.ServerHello12(0x002F), TlsBytes.Message(11, TlsBytes.Vector24([.. chain.Select(c => TlsBytes.Vector24(c))])), TlsBytes.ServerHelloDone()))
        + Client(TlsBytes.Handshake(TlsBytes.ClientKeyExchange12()), TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished()) + "+20ms;"
        + Server(TlsBytes.ChangeCipherSpec(), TlsBytes.SealedFinished());

    private static DiagnosedConnection Read(string script) => Reading.Of(Of(script)).Connections[^1];
}
