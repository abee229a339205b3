using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Recognition;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Laws;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>Connections that end before any TLS: asked for in vain, never asked for, or never begun.</summary>
public sealed class BeforeTlsTests
{
    private const string SslRequest = "C hex:0000000804D2162F;";
    private const string Startup = "C hex:0000001A00030000757365720070677573657200000000000000;";
    private const string Taken = "S ACK;";
    private const string ClientCloses = "C FIN; +20ms; S FIN; C ACK";

    [Theory]
    [InlineData("+3s;" + ClientCloses, Confidence.Certain, "the client waited 3.0 s for the reply to its SSLRequest, the server's TCP acknowledged, its application sent nothing")]
    [InlineData("+3s; C RST", Confidence.Likely, "the client waited 3.0 s for the reply to its SSLRequest, the server's TCP acknowledged, its application sent nothing")]
    internal void A_client_that_waited_in_vain_says_for_what_and_how_long(string end, Confidence confidence, string cause)
    {
        var silent = Read(Opened + SslRequest + Taken + end, 5432);
        var finding = Assert.Single(silent.Findings);
        Assert.Equal(("no-answer", Severity.Error, confidence), (finding.Code, finding.Severity, finding.Confidence));
        Assert.Equal(cause, finding.Cause);
        Assert.Equal(OutcomeActor.Client, silent.Connection.Outcome.By);
        Assert.DoesNotContain("ClientHello", Text(silent), StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_that_nobody_acknowledged_points_at_the_path()
    {
        var lost = Read(Opened + SslRequest + "+3s; C FIN", 5432);
        Assert.Contains("was not acknowledged", Assert.Single(lost.Findings).Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+2s; C ACK", false)]
    [InlineData("+12s; C ACK", true)]
    public void Whoever_still_waits_is_warned_of_only_after_long(string wait, bool isFound)
    {
        var open = Read(Opened + SslRequest + Taken + wait, 5432);
        Assert.Equal((OutcomeClass.Incomplete, false), (open.Connection.Outcome.Class, open.IsFailed));
        Assert.Equal(isFound, open.Findings is [{ Code: "no-answer", Severity: Severity.Warning, Confidence: Confidence.Likely }]);
    }

    [Theory]
    [InlineData(SslRequest + Taken + "+20ms; S FIN; C FIN; S ACK", "closed_by_server", "The server closed after the SSLRequest")]
    [InlineData(SslRequest + Taken + "+20ms; S RST-ACK", "reset_by_server", "The server reset after the SSLRequest")]
    [InlineData(SslRequest + Taken + "+20ms;" + ClientCloses, "closed_by_client", "The client closed before TLS started")]
    [InlineData(SslRequest + "S 'S'; +5ms;" + ClientCloses, "closed_by_client", "The client closed before TLS started")]
    [InlineData(SslRequest + "S 'S'; +5ms; S FIN; C FIN; S ACK", "closed_by_server", "The server closed before TLS started")]
    public void Whoever_ends_it_before_the_client_hello_is_named_and_no_client_hello_is(string script, string outcome, string title)
    {
        var ended = Read(Opened + script, 5432);
        Assert.Equal(outcome, ended.Connection.Outcome.Class.Name);
        var finding = Assert.Single(ended.Findings);
        Assert.Equal(("closed-early", title), (finding.Code, finding.Title));
        Assert.DoesNotContain("read the ClientHello", Text(ended), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_only_an_acknowledgment_shows_was_given()
    {
        var left = Read(Opened + SslRequest + "lost S 'N'; C ACK; +3s; C FIN; S FIN; C ACK", 5432);
        Assert.Equal(OutcomeClass.Incomplete, left.Connection.Outcome.Class);
        Assert.Empty(left.Findings);
    }

    [Fact]
    public void A_session_in_clear_is_no_failure_and_a_silent_one_is()
    {
        var clear = Read(Opened + Startup + "S hex:520000000800000003; C FIN; S FIN; C ACK", 5432);
        Assert.Equal((OutcomeClass.NotTls, Confidence.Certain, false), (clear.Connection.Outcome.Class, clear.Connection.Outcome.Confidence, clear.IsFailed));
        Assert.Empty(clear.Findings);
        var silent = Read(Opened + Startup + Taken + "+3s;" + ClientCloses, 5432);
        Assert.Equal((OutcomeClass.ClosedByClient, "no-answer"), (silent.Connection.Outcome.Class, silent.Findings[0].Code));
    }

    [Fact]
    public void A_greeting_that_never_came_is_missed()
    {
        var silent = Read(Opened + "+3s; C 'QUIT\r\n'; S ACK; +3s;" + ClientCloses, 2500);
        Assert.Equal(OutcomeClass.ClosedByClient, silent.Connection.Outcome.Class);
        Assert.StartsWith("the client waited 6.0 s for the server's greeting", Assert.Single(silent.Findings).Cause, StringComparison.Ordinal);
        Assert.Equal(("QUIT", "6 bytes"), (Said(silent).Title, Said(silent).Facts().Single().Text));

        // Other protocols need no answer: a log that is shipped gets none.
        var log = Read(Opened + "C '<13>1 a line of a log'; S ACK; +9s;" + ClientCloses, 2500);
        Assert.Equal(OutcomeClass.NotTls, log.Connection.Outcome.Class);
        Assert.Empty(log.Findings);
    }

    [Theory]
    [InlineData(9001, "+3s;", "no-answer", Severity.Warning, false)]
    [InlineData(3306, "+3s;", "no-answer", Severity.Warning, true)]
    [InlineData(9001, "+20ms;", "closed-early", Severity.Info, false)]
    [InlineData(443, "+30s;", "closed-early", Severity.Info, false)]
    internal void Silence_without_a_byte_is_told_by_its_length_and_its_port(int port, string wait, string code, Severity severity, bool isFailed)
    {
        var unused = Read(Opened + wait + ClientCloses, (ushort)port);
        var finding = Assert.Single(unused.Findings);
        Assert.Equal((code, severity, isFailed), (finding.Code, finding.Severity, unused.IsFailed));
    }

    [Fact]
    public void Plain_bytes_to_a_tls_port_are_drawn_with_their_kind_and_size_and_nothing_of_what_they_say()
    {
        var plain = Read(Opened + "C '*2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n'; S ACK; S RST-ACK", 6380);
        Assert.Equal(("plain-text-to-tls-port", Confidence.Likely), (Assert.Single(plain.Findings).Code, plain.Findings[0].Confidence));
        Assert.Equal(("Redis command", "26 bytes"), (Said(plain).Title, Said(plain).Facts().Single().Text));
        Assert.DoesNotContain("secret", Text(plain), StringComparison.Ordinal);
        Assert.Same(Said(plain), plain.Findings[0].At);

        var answered = Read(Opened + "C '*1\r\n$4\r\nping\r\n'; S '+PONG\r\n'; C FIN; S FIN; C ACK", 6380);
        Assert.Empty(answered.Findings);
    }

    [Fact]
    public void Plain_bytes_that_a_tls_server_answers_with_an_alert_are_proved_to_be_wrong_there()
    {
        var plain = Read(Opened + "C '*1\r\n$4\r\nping\r\n'; S hex:15030300020246; S FIN; C FIN; S ACK", 9000);
        Assert.Equal(("plain-text-to-tls-port", Confidence.Certain), (Assert.Single(plain.Findings).Code, plain.Findings[0].Confidence));
        Assert.Equal(["SYN", "SYN-ACK", "ACK", "Redis command", "Alert: fatal, protocol_version"], plain.Connection.Steps.Take(5).Select(s => s.Title));
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nno", "HTTP/1.1 400 Bad Request", "plain HTTP")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", "SSH-2.0-OpenSSH_9.6", "SSH")]
    [InlineData("\u0001\u0002secret", "Data, not TLS", "data that is not TLS")]
    public void The_plain_answer_to_a_client_hello_is_drawn(string answer, string title, string words)
    {
        var plain = Read(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + $"S '{answer}'; S FIN; C FIN; S ACK", 80);
        Assert.Equal(("plain-text-from-tls-port", $"the ClientHello was answered with {words}"), (plain.Findings[0].Code, plain.Findings[0].Cause));
        var step = Said(plain);
        Assert.Equal((title, 5L, HandshakeToMermaid.Streams.Direction.Reverse), (step.Title, step.Last.Frame, step.From));
        Assert.DoesNotContain("secret", Text(plain), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("C 'PING\r\n'; S ACK; +20ms; C FIN; S FIN; C ACK")]
    [InlineData("C 'PING\r\n'; S 'PONG\r\n'; S FIN; C FIN; S ACK")]
    public void Who_is_answered_or_leaves_by_itself_was_not_refused(string script) => Assert.Empty(Read(Opened + script, 443).Findings);

    public static TheoryData<string, int> Conversations => new()
    {
        { Opened + SslRequest + Taken + "+3s;" + ClientCloses, 5432 },
        { Opened + SslRequest + Taken + "+20ms; S FIN; C FIN; S ACK", 5432 },
        { Opened + SslRequest + "S 'N'; C FIN; S FIN; C ACK", 5432 },
        { Opened + SslRequest + "S 'S'; C FIN; S FIN; C ACK", 5432 },
        { Opened + Startup + "S hex:520000000800000003; C FIN; S FIN; C ACK", 5432 },
        { Opened + Startup + "S hex:450000001256464154414C00433238303030000000; C FIN; S FIN; C ACK", 5432 },
        { Opened + "S '220 mail.example ESMTP\r\n'; C 'EHLO x\r\n'; S '250-mail\r\n250 STARTTLS\r\n'; C 'STARTTLS\r\n'; S '454 no\r\n'; C 'QUIT\r\n'; S '221 bye\r\n'; S FIN; C FIN; S ACK", 25 },
        { Opened + "S '220 mail.example ESMTP\r\n'; C 'EHLO x\r\n'; S ACK; +4s;" + ClientCloses, 25 },
        { Opened + "+3s; C 'QUIT\r\n'; S ACK; +3s;" + ClientCloses, 9001 },
        { Opened + "+3s;" + ClientCloses, 3306 },
        { Opened + "C '*1\r\n$4\r\nping\r\n'; S ACK; S RST-ACK", 6380 },
        { Opened + "C 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'; S 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nThe plain HTTP request'; S FIN; C FIN; S ACK", 443 },
        { Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + "S 'HTTP/1.1 400 Bad Request\r\n\r\n'; S FIN; C FIN; S ACK", 80 },
        { Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + "S ACK; +3s;" + ClientCloses, 9001 },
        { "C hex:170303000401020304; S hex:170303000401020304; S hex:1703030013000102030405060708090A0B0C0D0E0F101112; C FIN; S FIN; C ACK", 443 },
    };

    [Theory]
    [MemberData(nameof(Conversations))]
    public void Loss_invents_nothing(string script, int port)
    {
        var capture = MemoryCapture.Of("script", Of(Lines(script), (ushort)port));
        var wrong = new List<string>();
        foreach (var way in Enum.GetValues<WayOfReading>())
        {
            var whole = capture.Read(way);
            foreach (var (what, left) in LossIsSaid.Losses(capture)) wrong.AddRange(LossIsSaid.Violations(whole, left, [], way).Select(w => $"{way}, {what}: {w}"));
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    private static Step Said(DiagnosedConnection diagnosed) => diagnosed.Connection.Steps.First(s => s is CleartextStep);

    private static string Text(DiagnosedConnection diagnosed) => string.Join(' ',
        [.. diagnosed.Findings.Select(f => $"{f.Title} {f.Cause} {f.Fix}"), .. diagnosed.Connection.Steps.Where(s => s.Phase != Phase.Tls).SelectMany(s => s.Facts().Select(f => f.Text).Prepend(s.Title))]);

    private static DiagnosedConnection Read(string script, ushort port) => Assert.Single(Reading.Of(Of(Lines(script), port)).Connections);
}
