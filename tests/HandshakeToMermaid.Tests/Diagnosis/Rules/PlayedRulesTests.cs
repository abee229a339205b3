using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>Rules on handshakes that no sample was recorded of.</summary>
public sealed class PlayedRulesTests : IDisposable
{
    private readonly CertificateMint root = CertificateMint.Authority("Some Root CA");

    [Fact]
    public void A_certificate_signed_with_sha1_is_weak_and_one_with_sha256_is_not()
    {
        using var strong = CertificateMint.Leaf(root);
        Assert.Contains(All(PlayedHandshake.Refused(42, CertificateMint.SignedWithSha1())), f => f is { Code: "certificate-weak-signature", Severity: Severity.Error });
        Assert.Equal("alert-bad-certificate", Leading(PlayedHandshake.Refused(42, strong.Der, root.Der)).Code);
    }

    [Fact]
    public void A_pin_is_compared_with_every_key_of_the_chain()
    {
        using var leaf = CertificateMint.Leaf(root);
        var capture = PlayedHandshake.Completed(chain: [leaf.Der, root.Der]);
        var other = CertificatePin.Parse("sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")!;
        var own = CertificatePin.Parse(CertificatePin.Of(root.Read()))!;
        var mismatch = Assert.Single(Read(capture, new AnalyzerOptions { Pins = [other] }).Findings);
        Assert.Equal(("pin-mismatch", Severity.Error), (mismatch.Code, mismatch.Severity));
        var match = Read(capture, new AnalyzerOptions { Pins = [own, other] });
        Assert.Empty(match.Findings);
        Assert.Contains(match.Checks, c => c is { What: "pin", Passed: true });
    }

    [Fact]
    public void Trust_is_judged_by_the_given_authorities_alone()
    {
        using var leaf = CertificateMint.Leaf(root);
        using var stranger = CertificateMint.Authority("Another Root CA");
        var capture = PlayedHandshake.Completed(chain: [leaf.Der]);
        Assert.Empty(Read(capture).Findings);
        Assert.Empty(Read(capture, new AnalyzerOptions { TrustAnchors = TrustAnchors.Of([root.Read()]) }).Findings);
        var distrusted = Read(capture, new AnalyzerOptions { TrustAnchors = TrustAnchors.Of([stranger.Read()]) });
        Assert.Equal(("certificate-missing-intermediate", Severity.Warning), (distrusted.Findings[0].Code, distrusted.Findings[0].Severity));
        Assert.Contains(distrusted.Checks, c => c is { What: "authority", Passed: false });
    }

    [Fact]
    public void Certificates_and_staples_are_judged_at_the_time_of_the_packet()
    {
        var path = Sample.PathOf("ocsp-staple");
        Assert.Empty(Read(File.ReadAllBytes(path)).Findings);
        Assert.Equal("ocsp-staple-expired", Assert.Single(All(Moved(path, 20))).Code);
        Assert.Equal(["certificate-expired", "ocsp-staple-expired"], All(Moved(path, 400)).Select(f => f.Code));
        Assert.Equal("certificate-not-yet-valid", Assert.Single(All(Moved(path, -400))).Code);
    }

    [Fact]
    public void A_capture_without_a_clock_judges_no_dates()
    {
        var path = Sample.PathOf("ocsp-staple");
        var seconds = (int)BitConverter.ToUInt32(File.ReadAllBytes(path), 24);
        var stopped = Read(Moved(path, -(seconds / 86_400)));
        Assert.Empty(stopped.Findings);
        Assert.Contains(stopped.Checks, c => c is { What: "dates", Passed: null });
    }

    [Theory]
    [InlineData(0x0005, true)]
    [InlineData(0x000A, true)]
    [InlineData(0x002F, false)]
    public void A_suite_with_a_broken_cipher_is_weak(int suite, bool isWeak)
    {
        using var leaf = CertificateMint.Leaf(root);
        Assert.Equal(isWeak, All(PlayedHandshake.Completed(suite, chain: [leaf.Der])).Any(f => f.Code == "weak-cipher-suite"));
    }

    [Theory]
    [InlineData(600, true)]
    [InlineData(60, false)]
    public void A_long_way_is_a_slow_network_and_no_slow_server(int way, bool isSlow)
    {
        var findings = All(Of($"C SYN; +{way}ms; S SYN-ACK; C ACK;{Client(TlsBytes.Handshake(TlsBytes.ClientHello13()))}+{way}ms;"
            + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Encrypted(900))));
        Assert.Equal(isSlow, findings.Any(f => f.Code == "slow-network"));
        Assert.DoesNotContain(findings, f => f.Code == "slow-server");
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_server_that_closes_without_an_alert_gave_no_close_notify(bool hasAlert, bool isMissed)
    {
        using var leaf = CertificateMint.Leaf(root);
        Assert.Equal(isMissed, All(PlayedHandshake.Completed(hasClosingAlert: hasAlert, chain: [leaf.Der])).Any(f => f.Code == "no-close-notify"));
    }

    [Theory]
    [InlineData(121, "ech-rejected")]
    [InlineData(80, "alert-internal-error")]
    public void Only_ech_required_says_that_ech_was_rejected(byte alert, string code)
    {
        var ech = TlsBytes.Extension(0xFE0D, TlsBytes.U8(0), TlsBytes.U16(1), TlsBytes.U16(1), TlsBytes.U8(7), TlsBytes.Vector16(TlsBytes.Fill(32)), TlsBytes.Vector16(TlsBytes.Fill(64)));
        var capture = Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13("one.example", ech))) + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()))
            + Client(TlsBytes.Alert(2, alert)) + "C FIN; S FIN; C ACK");
        Assert.Equal(code, Leading(capture).Code);
    }

    [Theory]
    [InlineData(10, "alert-unexpected-message")]
    [InlineData(80, "alert-internal-error")]
    [InlineData(40, "alert-handshake-failure")]
    [InlineData(70, "no-common-version")]
    [InlineData(112, "unrecognized-name")]
    public void An_alert_is_named_only_where_nothing_more_can_be_told(byte alert, string code)
    {
        var hello = TlsBytes.ClientHello13();
        var finding = Leading(Of(Opened + Client(TlsBytes.Handshake(hello)) + Server(TlsBytes.Alert(2, alert)) + "S FIN; C FIN; S ACK"));
        Assert.Equal((code, Severity.Error), (finding.Code, finding.Severity));
    }

    [Fact]
    public void A_health_check_is_no_trouble_and_a_server_that_hangs_up_is()
    {
        var check = Read(Of(Opened + "C FIN; S FIN; C ACK"));
        Assert.Equal(OutcomeClass.ClosedByClient, check.Connection.Outcome.Class);
        Assert.Equal(("closed-early", Severity.Info), (check.Findings[0].Code, check.Findings[0].Severity));
        Assert.False(check.IsFailed);
        var hungUp = Read(Of(Opened + "S FIN; C FIN; S ACK"));
        Assert.Equal(OutcomeClass.ClosedByServer, hungUp.Connection.Outcome.Class);
        Assert.True(hungUp.IsFailed);
    }

    [Theory]
    [InlineData("+2s; C ACK", "incomplete")]
    [InlineData("+12s; C ACK", "no_server_hello")]
    public void Silence_is_called_a_failure_only_when_it_lasted(string wait, string outcome)
    {
        var connection = Read(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + "S ACK;" + wait));
        Assert.Equal(outcome, connection.Connection.Outcome.Class.Name);
        Assert.Equal(outcome == "no_server_hello", connection.Findings.Any(f => f.Code == "no-server-hello"));
    }

    [Theory]
    [InlineData("lost S #1448; S #798; C ACK ack=0 sack=1448-2246; +5s; C FIN ack=0; S ACK", "no_server_hello", "1448 bytes of it never arrived, later data did: probably an MTU black hole, or packet loss")]
    [InlineData("S ACK; lost S #2246; +8s; C FIN ack=0; S ACK", "no_server_hello", "by its sequence number the server sent 2246 bytes that never arrived: probably an MTU black hole, or packet loss")]
    [InlineData("S ACK; lost S #300; +8s; C FIN ack=0; S ACK", "no_server_hello", "by its sequence number the server sent 300 bytes that never arrived: probably packet loss")]
    public void An_answer_that_the_path_lost_leads_and_the_server_is_not_called_silent(string script, string outcome, string cause)
    {
        var found = Read(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + script));
        Assert.Equal((outcome, OutcomeActor.Client), (found.Connection.Outcome.Class.Name, found.Connection.Outcome.By));
        var leading = Assert.Single(found.Findings);
        Assert.Equal(("server-flight-lost", Severity.Error, Confidence.Likely, cause), (leading.Code, leading.Severity, leading.Confidence, leading.Cause));
        Assert.True(Assert.Single(found.Connection.Steps, s => s.Title == "Bytes lost on the path").IsDeadEnd);
    }

    [Fact]
    public void A_client_that_never_had_the_servers_flight_refused_nothing()
    {
        var flight = TlsBytes.Handshake(TlsBytes.Message(2, TlsBytes.ServerHelloBody(0x002F, 0x0303, null, null)), TlsBytes.ServerHelloDone());
        var sent = $"seq=0 hex:{Convert.ToHexString(flight)};";
        var found = Read(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + $"S {sent} +300ms; S {sent} +1s; S {sent} C FIN ack=0"));
        Assert.Equal(OutcomeClass.ClosedByClient, found.Connection.Outcome.Class);
        Assert.Equal("server-flight-lost", found.Findings[0].Code);
        Assert.Equal(["ServerHello", "ServerHelloDone", "Retransmission", "Retransmission"], found.Connection.Steps.Where(s => s.IsUndelivered).Select(s => s.Title));
    }

    [Theory]
    [InlineData("lost S #1448; S #798; C ACK; +5s; C FIN")]
    [InlineData("lost S #1448; S #798; C ACK ack=0 sack=1448-2246")]
    public void An_answer_that_only_the_capture_lacks_was_not_lost_on_the_path(string script)
    {
        var found = Read(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + script));
        Assert.Equal(OutcomeClass.Incomplete, found.Connection.Outcome.Class);
        Assert.Empty(found.Findings);
        Assert.Contains(found.Connection.Unparsed, u => u.What == UnparsedReason.Gap);
    }

    [Fact]
    public void A_segment_that_a_router_dropped_never_arrived()
    {
        var lost = Assert.Single(Sample.Read("packet-too-big")[0].Connection.Steps, s => s.IsUndelivered);
        Assert.Equal("ClientHello", lost.Title);
    }

    [Theory]
    [InlineData("reset-injected", OutcomeActor.Network, "reset-injected")]
    [InlineData("reset-after-client-hello", OutcomeActor.Server, "reset-after-client-hello")]
    internal void A_reset_that_something_injected_is_the_networks(string sample, OutcomeActor by, string code)
    {
        var found = Sample.Read(sample)[0];
        Assert.Equal((OutcomeClass.ResetByServer, by), (found.Connection.Outcome.Class, found.Connection.Outcome.By));
        Assert.Equal(code, Assert.Single(found.Findings, f => f.Severity == Severity.Error).Code);
    }

    /// <summary>What something on the path writes into its reset shows nothing about what the two ends had sent.</summary>
    [Theory]
    [InlineData("RST-ACK ttl=63")]
    [InlineData("RST-ACK ttl=63 ack+4000")]
    [InlineData("RST-ACK ttl=63 seq+4000")]
    public void The_numbers_of_an_injected_reset_are_guesses(string reset)
    {
        var hello = Client(TlsBytes.Handshake(TlsBytes.ClientHello12()));
        var found = Read(Of("C SYN; +100ms; S SYN-ACK; C ACK;" + hello + "+1ms; S " + reset));
        Assert.Equal((OutcomeClass.ResetByServer, OutcomeActor.Network), (found.Connection.Outcome.Class, found.Connection.Outcome.By));
        Assert.Equal("reset-injected", found.Findings[0].Code);
        Assert.Empty(found.Connection.Unparsed);
    }

    [Theory]
    [InlineData("C SYN; lost S SYN-ACK; C ACK; C 'hello'; S 'world'; C ACK", "the SYN-ACK was not captured")]
    [InlineData("C SYN; S SYN-ACK; C ACK; C 'hello'; S 'world'; C ACK; lost C FIN; lost S FIN; C ACK; S ACK", "the last byte or a FIN was not captured")]
    public void What_the_capture_lacks_is_said_once(string script, string what)
        => Assert.Equal(what, Assert.Single(Read(Of(script)).Connection.Unparsed).Detail);

    [Fact]
    public void A_reset_in_the_servers_name_before_the_ACK_is_the_networks()
    {
        var connection = Read(Of("C SYN; +20ms; S SYN-ACK; S RST ttl=63")).Connection;
        Assert.Equal(new Outcome(OutcomeClass.ResetByServer, Confidence.Likely, OutcomeActor.Network, 3), connection.Outcome);
    }

    [Fact]
    public void Which_of_two_SYNs_was_answered_nobody_knows_and_no_reset_is_too_fast_by_that()
    {
        var hello = Client(TlsBytes.Handshake(TlsBytes.ClientHello12()));
        Assert.Equal("reset-injected", Read(Of("C SYN; +100ms; S SYN-ACK; C ACK;" + hello + "+1ms; S RST")).Findings[0].Code);
        Assert.Equal("reset-after-client-hello", Read(Of("C SYN; +1s; C SYN; +20ms; S SYN-ACK; C ACK;" + hello + "+22ms; S RST")).Findings[0].Code);
    }

    [Theory]
    [InlineData("S 'hello there'; +20ms; C 'general'; S '!'")]
    [InlineData("C 'general'; +20ms; S 'hello there'; C '!'")]
    public void Joined_midway_and_unrecognised_the_server_is_who_has_the_lower_port(string script)
    {
        var connection = Read(Of(script)).Connection;
        Assert.Equal(("192.0.2.1:50000", "198.51.100.7:443"), (connection.Client.Endpoint.ToString(), connection.Server.Endpoint.ToString()));
    }

    [Theory]
    [InlineData(1400, "large-client-hello-lost")]
    [InlineData(100, "no-server-hello")]
    public void A_hello_of_one_packet_is_called_too_large_only_where_some_paths_do_not_carry_it(int padding, string code)
    {
        var hello = TlsBytes.Handshake(TlsBytes.ClientHello12(null, TlsBytes.Extension(21, new byte[padding])));
        var sent = $"seq=0 hex:{Convert.ToHexString(hello)};";
        var found = Read(Of(Opened + $"C {sent} +300ms; C {sent} +1s; C {sent} +2s; C {sent}"));
        Assert.Equal((code, OutcomeClass.NoServerHello), (found.Findings[0].Code, found.Connection.Outcome.Class));
        Assert.All(found.Connection.Steps.Where(s => s.Phase == Phase.Tls), s => Assert.True(s.IsUndelivered));
    }

    [Fact]
    public void What_was_seen_in_part_is_never_called_a_failure()
    {
        foreach (var script in (string[])["C 'x'; C 'y'", Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())), "S " + Server(TlsBytes.Handshake(TlsBytes.ServerHello13()))[2..]])
        {
            var connection = Read(Of(script));
            Assert.False(connection.IsFailed);
            Assert.DoesNotContain(connection.Findings, f => f.Severity == Severity.Error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => root.Dispose();

    private static DiagnosedConnection Read(byte[] capture, AnalyzerOptions? options = null) => Reading.Of(capture, options).Connections[^1];

    private static IReadOnlyList<Finding> All(byte[] capture) => Read(capture).Findings;

    private static Finding Leading(byte[] capture) => Read(capture).Findings[0];
}
