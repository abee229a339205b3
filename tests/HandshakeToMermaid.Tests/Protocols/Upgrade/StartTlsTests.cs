using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Protocols.Upgrade;

public sealed class StartTlsTests
{
    [Fact]
    public void Smtp_goes_over_to_tls_when_the_server_agrees()
    {
        var session = new PreludeTalk(25).Server("220 mail.example.com ESMTP\r\n").Client("EHLO laptop\r\n")
            .Server("250-mail.example.com\r\n250-PIPELINING\r\n250-STARTTLS\r\n250 HELP\r\n").Client("STARTTLS\r\n").Server("220 2.0.0 Ready\r\n").Hellos();
        Assert.Equal("< 220 > EHLO < 250 > STARTTLS < 220 > client_hello < server_hello", session.Story);
        Assert.Contains("STARTTLS offered", Said(session, 2));
        Assert.Equal("starttls-smtp", session.Prelude!.Wrapper);
        Assert.Equal(Direction.Forward, session.Prelude.ClientDirection);
    }

    [Theory]
    [InlineData("454 4.7.0 TLS not available\r\n")]
    [InlineData("502 Command not implemented\r\n")]
    public void Smtp_that_is_refused_stays_in_clear_and_no_word_of_the_mail_is_told(string refusal)
    {
        var session = new PreludeTalk(25).Server("220 mail.example.com ESMTP\r\n").Client("EHLO laptop\r\n").Server("250 mail.example.com\r\n")
            .Client("STARTTLS\r\n").Server(refusal).Client("MAIL FROM:<alice@example.com>\r\n").Server("250 Ok\r\n");
        Assert.Equal($"< 220 > EHLO < 250 > STARTTLS < {refusal[..3]}", session.Story);
        Assert.NotNull(session.Prelude!.Refused);
        Assert.Contains("no STARTTLS offered", Said(session, 2));
        Assert.DoesNotContain("alice", Everything(session), StringComparison.Ordinal);
        var outcome = session.Prelude.Judge(new FlowSummary(session.Flow, Direction.Forward))!;
        Assert.Equal((OutcomeClass.NotTls, OutcomeActor.Server, 5), (outcome.Class, outcome.By, outcome.Frame));
    }

    [Fact]
    public void Mail_without_tls_is_none_of_ours()
    {
        var session = new PreludeTalk(25).Server("220 mail.example.com ESMTP\r\n").Client("EHLO laptop\r\n").Server("250 mail.example.com\r\n").Client("QUIT\r\n").Server("221 Bye\r\n");
        Assert.Empty(session.Facts);
    }

    [Fact]
    public void Answers_are_counted_so_that_commands_may_be_sent_ahead()
    {
        var session = new PreludeTalk(110).Server("+OK ready\r\n").Client("CAPA\r\nSTLS\r\n").Server("+OK list follows\r\nSTLS\r\nUIDL\r\n.\r\n").Server("+OK go\r\n").Hellos();
        Assert.Equal("< +OK > STLS < +OK > client_hello < server_hello", session.Story);
        Assert.Equal(4, session.Prelude!.Accepted!.Last.Frame);
    }

    [Fact]
    public void Irc_sieve_and_nntp_go_over_to_tls()
    {
        var irc = new PreludeTalk(6667).Client("CAP LS 302\r\nNICK alice\r\n").Server(":irc.example CAP * LS :multi-prefix tls\r\n").Client("STARTTLS\r\n")
            .Server(":irc.example 670 alice :STARTTLS successful\r\n").Hellos();
        Assert.Equal("> CAP LS < CAP > STARTTLS < 670 > client_hello < server_hello", irc.Story);
        Assert.DoesNotContain("alice", Everything(irc), StringComparison.Ordinal);
        Assert.NotNull(new PreludeTalk(6667).Client("STARTTLS\r\n").Server(":irc.example 691 * :not available\r\n").Prelude!.Refused);

        var sieve = new PreludeTalk(4190).Server("\"IMPLEMENTATION\" \"x\"\r\n\"STARTTLS\"\r\nOK \"ready\"\r\n").Client("STARTTLS\r\n").Server("OK\r\n").Hellos();
        Assert.Equal("< OK > STARTTLS < OK > client_hello < server_hello", sieve.Story);
        Assert.Equal("starttls-sieve", sieve.Prelude!.Wrapper);

        var nntp = new PreludeTalk(119).Server("200 news.example NNTP ready\r\n").Client("CAPABILITIES\r\n").Server("101 list\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n").Client("STARTTLS\r\n").Server("382 go\r\n").Hellos();
        Assert.Equal("< 200 > CAPABILITIES > STARTTLS < 382 > client_hello < server_hello", nntp.Story);
        Assert.Empty(new PreludeTalk(119).Server("200 hello\r\n").Client("GROUP x\r\n").Server("411 no\r\n").Facts);
    }

    [Fact]
    public void Imap_answers_by_tag()
    {
        var session = new PreludeTalk(143).Server("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n").Client("a1 CAPABILITY\r\na2 STARTTLS\r\n")
            .Server("* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK done\r\na2 OK begin\r\n").Hellos();
        Assert.Equal("< OK > CAPABILITY > STARTTLS < CAPABILITY < OK > client_hello < server_hello", session.Story);
    }

    [Fact]
    public void Imap_may_refuse()
    {
        var session = new PreludeTalk(143).Server("* OK ready\r\n").Client("x STARTTLS\r\n").Server("x BAD unknown command\r\n").Client("y LOGIN alice secret\r\n");
        Assert.Equal("< OK > STARTTLS < BAD", session.Story);
        Assert.DoesNotContain("secret", Everything(session), StringComparison.Ordinal);
    }

    [Fact]
    public void Ftp_lists_what_it_can_over_several_lines()
    {
        var session = new PreludeTalk(21).Server("220 ready\r\n").Client("FEAT\r\n").Server("211-Features:\r\n").Server(" AUTH TLS\r\n UTF8\r\n").Server("211 End\r\n")
            .Client("AUTH TLS\r\n").Server("234 go\r\n").Hellos();
        Assert.Equal("< 220 > FEAT < 211 > AUTH TLS < 234 > client_hello < server_hello", session.Story);
        Assert.Contains("AUTH TLS offered", Said(session, 2));
    }

    [Fact]
    public void A_greeting_that_may_be_smtp_or_ftp_waits_for_the_client()
    {
        Assert.Equal("starttls-smtp", new PreludeTalk().Server("220 hello\r\n").Client("EHLO x\r\n").Server("250 STARTTLS\r\n").Client("STARTTLS\r\n").Prelude!.Wrapper);
        Assert.Equal("starttls-ftp", new PreludeTalk().Server("220 hello\r\n").Client("AUTH TLS\r\n").Server("234 go\r\n").Prelude!.Wrapper);
    }

    [Fact]
    public void Postgres_answers_with_one_byte()
    {
        var session = new PreludeTalk(5432).Client(SslRequest).Server("S").Hellos();
        Assert.Equal("> SSLRequest < S > client_hello < server_hello", session.Story);
        Assert.Equal("starttls-postgres", session.Prelude!.Wrapper);
    }

    [Fact]
    public void Postgres_may_ask_for_gssapi_first()
    {
        var session = new PreludeTalk(5432).Client([0, 0, 0, 8, 4, 0xD2, 0x16, 0x30]).Server("N").Client(SslRequest).Server("S").Hellos();
        Assert.Equal("> GSSENCRequest < N > SSLRequest < S > client_hello < server_hello", session.Story);
        Assert.Null(session.Prelude!.Refused);
    }

    [Fact]
    public void Postgres_that_is_unwilling_is_told_and_the_user_is_not()
    {
        var session = new PreludeTalk(5432).Client(SslRequest).Server("N").Client("\0\0\0\x20\0\x03\0\0user\0alice\0");
        Assert.Equal("> SSLRequest < N", session.Story);
        Assert.DoesNotContain("alice", Everything(session), StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Json(session));
        Assert.Equal(("refused", 2), (json.RootElement.GetProperty("answer").GetString(), json.RootElement.GetProperty("answer_frame").GetInt32()));
    }

    [Fact]
    public void Postgres_without_a_request_for_tls_is_told_and_neither_user_nor_database_nor_password_is()
    {
        var session = new PreludeTalk(5432).Client(StartupMessage).Server([(byte)'R', 0, 0, 0, 8, 0, 0, 0, 3]).Client("p\0\0\0\x0bsecret\0").Server([(byte)'R', 0, 0, 0, 8, 0, 0, 0, 0]);
        Assert.Equal("> StartupMessage < Authentication", session.Story);
        Assert.Equal("no SSLRequest before it", Said(session, 0));
        Assert.Equal("cleartext password requested", Said(session, 1));
        foreach (var secret in (string[])["alice", "sales", "secret"]) Assert.DoesNotContain(secret, Everything(session), StringComparison.Ordinal);
        Assert.Null(session.Prelude!.Wrapper);
        var outcome = session.Prelude.Judge(new FlowSummary(session.Flow, Direction.Forward))!;
        Assert.Equal((OutcomeClass.NotTls, Confidence.Certain, 1L), (outcome.Class, outcome.Confidence, outcome.Frame));
    }

    [Fact]
    public void The_error_of_a_postgres_server_is_told_by_its_code()
    {
        var session = new PreludeTalk(5432).Client(StartupMessage).Server(ErrorResponse("FATAL", "28000", "no pg_hba.conf entry for host \"192.0.2.1\", user \"alice\", database \"sales\", no encryption"));
        Assert.Equal("> StartupMessage < ErrorResponse", session.Story);
        Assert.Equal("FATAL 28000 no encryption invalid_authorization_specification", Said(session, 1));
        Assert.DoesNotContain("alice", Everything(session), StringComparison.Ordinal);
        var full = new PreludeTalk(5432).Client(SslRequest).Server(ErrorResponse("FATAL", "53300", "sorry, too many clients already"));
        Assert.Equal("> SSLRequest < ErrorResponse", full.Story);
        Assert.Contains("FATAL 53300", Said(full, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_begins_like_a_startup_message_is_none()
    {
        Assert.Null(new PreludeTalk(5432).Client([0, 0, 0, 40, 0, 3, 0, 0, 0, 1, 2, 3]).Prelude);
        Assert.Null(new PreludeTalk(5432).Client([0, 0, 0, 40, 0, 2, 0, 0, .. "user\0x\0\0"u8]).Prelude);
    }

    [Fact]
    public void MySql_goes_over_without_an_answer()
    {
        var session = new PreludeTalk(3306).Server(MySqlGreeting).Client([32, 0, 0, 1, 0x85, 0xAE, 0xFF, 0x20, .. new byte[28]]).Hellos();
        Assert.Equal("< Handshake > SSLRequest > client_hello < server_hello", session.Story);
        Assert.Contains("SSL offered", Said(session, 0));
    }

    [Fact]
    public void MySql_without_tls_is_none_of_ours()
    {
        var session = new PreludeTalk(3306).Server(MySqlGreeting).Client([60, 0, 0, 1, 0x85, 0xA6, 0xFF, 0x20, .. new byte[28], .. "alice\0"u8, .. new byte[22]]);
        Assert.Empty(session.Facts);
    }

    [Theory]
    [InlineData(0, "> StartTLS < success > client_hello < server_hello")]
    [InlineData(2, "> StartTLS < protocolError")]
    [InlineData(77, "> StartTLS < resultCode 77")]
    public void Ldap_asks_by_an_extended_operation(byte code, string story)
    {
        byte[] request = [0x30, 0x1D, 2, 1, 1, 0x77, 0x18, 0x80, 0x16, .. "1.3.6.1.4.1.1466.20037"u8];
        var session = new PreludeTalk(389).Client(request).Server([0x30, 0x0C, 2, 1, 1, 0x78, 7, 0x0A, 1, code, 4, 0, 4, 0]);
        if (code == 0) session.Hellos();
        Assert.Equal(story, session.Story);
    }

    [Fact]
    public void Xmpp_proceeds_element_by_element()
    {
        var session = new PreludeTalk(5222).Client("<?xml version='1.0'?><stream:stream to='example.com' xmlns='jabber:client'>").Server("<stream:stream id='1'>")
            .Server("<stream:features><starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls></stream:features>")
            .Client("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").Server("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").Hellos();
        Assert.Equal("> stream < stream < features > starttls < proceed > client_hello < server_hello", session.Story);
        Assert.Contains("starttls required", Said(session, 2));
    }

    [Fact]
    public void Rdp_negotiates_in_its_first_packets_and_the_cookie_is_not_told()
    {
        byte[] cookie = [.. "Cookie: mstshash=alice\r\n"u8];
        byte[] request = [3, 0, 0, (byte)(11 + cookie.Length + 8), (byte)(6 + cookie.Length + 8), 0xE0, 0, 0, 0, 0, 0, .. cookie, 1, 0, 8, 0, 3, 0, 0, 0];
        var session = new PreludeTalk(3389).Client(request).Server([3, 0, 0, 19, 14, 0xD0, 0, 0, 0x12, 0x34, 0, 2, 0, 8, 0, 1, 0, 0, 0]).Hellos();
        Assert.Equal("> Connection Request < Connection Confirm > client_hello < server_hello", session.Story);
        Assert.Contains("TLS, CredSSP", Said(session, 0));
        Assert.DoesNotContain("alice", Everything(session), StringComparison.Ordinal);
    }

    [Fact]
    public void Rdp_says_why_it_will_not()
    {
        var session = new PreludeTalk(3389).Client([3, 0, 0, 19, 14, 0xE0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 1, 0, 0, 0]).Server([3, 0, 0, 19, 14, 0xD0, 0, 0, 0x12, 0x34, 0, 3, 0, 8, 0, 5, 0, 0, 0]);
        Assert.Equal("> Connection Request < Negotiation Failure", session.Story);
        Assert.Contains("HYBRID_REQUIRED_BY_SERVER", Said(session, 1));
    }

    [Fact]
    public void A_lost_answer_does_no_harm()
    {
        var session = new PreludeTalk(25).Server("220 mail.example.com ESMTP\r\n").Client("EHLO x\r\n").Server("250 STARTTLS\r\n").Client("STARTTLS\r\n")
            .Lose(Direction.Reverse).Hellos();
        Assert.Equal("< 220 > EHLO < 250 > STARTTLS > client_hello < server_hello", session.Story);
        Assert.Single(session.Facts.OfType<TlsFacts>());
    }

    [Fact]
    public void A_lost_wish_for_tls_does_no_harm()
    {
        var smtp = new PreludeTalk(25).Server("220 mail.example.com ESMTP\r\n").Lose(Direction.Forward).Server("250 STARTTLS\r\n").Server("220 go\r\n").Hellos();
        Assert.Equal("< 220 > client_hello < server_hello", smtp.Story);
        Assert.Equal("starttls-smtp", smtp.Prelude!.Wrapper);
        var mysql = new PreludeTalk(3306).Server(MySqlGreeting).Lose(Direction.Forward).Client(PreludeTalk.ClientHello).Server(PreludeTalk.ServerHello);
        Assert.Equal("< Handshake > client_hello < server_hello", mysql.Story);

        // What waits behind a hole comes late: the answer is read before it.
        var late = new PreludeTalk(25).Server("220 mail.example.com ESMTP\r\n").Server("250 STARTTLS\r\n").Server("220 go\r\n").Server(PreludeTalk.ServerHello)
            .Lose(Direction.Forward).Client("STARTTLS\r\n").Client(PreludeTalk.ClientHello);
        Assert.Contains("server_hello", late.Story, StringComparison.Ordinal);
        Assert.Contains("client_hello", late.Story, StringComparison.Ordinal);
    }

    [Fact]
    public void How_the_bytes_are_cut_does_not_matter()
    {
        const string Whole = "< 220 > EHLO < 250 > STARTTLS < 220 > client_hello < server_hello";
        for (var size = 1; size < 40; size += 3)
        {
            var session = new PreludeTalk(25);
            foreach (var (isClient, bytes) in Session())
            {
                foreach (var part in bytes.Chunk(size)) _ = isClient ? session.Client(part) : session.Server(part);
            }

            Assert.Equal(Whole, session.Story);
        }
    }

    [Fact]
    public void Every_prefix_and_random_bytes_are_borne()
    {
        var random = new Random(7);
        foreach (var start in Beginnings())
        {
            for (var length = 0; length <= start.Bytes.Length; length++) Play(start, start.Bytes[..length]);
            for (var i = 0; i < 40; i++)
            {
                var spoilt = start.Bytes.ToArray();
                for (var j = 0; j < 3; j++) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                Play(start, spoilt);
            }
        }

        void Play((ushort Port, bool IsClient, byte[] Bytes) start, byte[] bytes)
        {
            var noise = new byte[random.Next(1, 200)];
            random.NextBytes(noise);
            var session = new PreludeTalk(start.Port);
            _ = start.IsClient ? session.Client(bytes) : session.Server(bytes);
            session.Client(noise).Server(noise).Client(PreludeTalk.ClientHello);
            _ = session.Story;
            if (session.Prelude is { } exchange) exchange.Judge(new FlowSummary(session.Flow, Direction.Forward));
        }
    }

    private static readonly byte[] SslRequest = [0, 0, 0, 8, 4, 0xD2, 0x16, 0x2F];

    private static readonly byte[] StartupMessage = [0, 0, 0, 35, 0, 3, 0, 0, .. "user\0alice\0database\0sales\0\0"u8];

    private static byte[] ErrorResponse(string severity, string state, string message)
    {
        var fields = Encoding.ASCII.GetBytes($"S{severity}\0V{severity}\0C{state}\0M{message}\0\0");
        return [(byte)'E', 0, 0, (byte)((fields.Length + 4) >> 8), (byte)(fields.Length + 4), .. fields];
    }

    private static readonly byte[] MySqlGreeting = [0x4A, 0, 0, 0, 10, .. "8.0.28\0"u8, .. new byte[4], .. "12345678"u8, 0, 0xFF, 0xFF, .. new byte[51]];

    private static IEnumerable<(bool IsClient, byte[] Bytes)> Session() =>
    [
        (false, "220 mail.example.com ESMTP\r\n"u8.ToArray()), (true, "EHLO x\r\n"u8.ToArray()), (false, "250-x\r\n250 STARTTLS\r\n"u8.ToArray()),
        (true, "STARTTLS\r\n"u8.ToArray()), (false, "220 go\r\n"u8.ToArray()), (true, PreludeTalk.ClientHello), (false, PreludeTalk.ServerHello),
    ];

    private static IEnumerable<(ushort Port, bool IsClient, byte[] Bytes)> Beginnings()
    {
        yield return (25, false, "220 mail ESMTP\r\n250-STARTTLS\r\n220 go\r\n"u8.ToArray());
        yield return (21, false, "220 FTP\r\n211-x\r\n AUTH TLS\r\n211 End\r\n234 go\r\n"u8.ToArray());
        yield return (110, false, "+OK\r\n+OK\r\n-ERR\r\n"u8.ToArray());
        yield return (143, false, "* OK STARTTLS\r\n* CAPABILITY\r\na OK\r\n"u8.ToArray());
        yield return (5432, true, SslRequest);
        yield return (5432, true, StartupMessage);
        yield return (3306, false, MySqlGreeting);
        yield return (389, true, [0x30, 0x1D, 2, 1, 1, 0x77, 0x18, 0x80, 0x16, .. "1.3.6.1.4.1.1466.20037"u8]);
        yield return (5222, true, "<?xml version='1.0'?><stream:stream to='x'><starttls/>"u8.ToArray());
        yield return (3389, true, [3, 0, 0, 19, 14, 0xE0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0]);
    }

    private static string Said(PreludeTalk session, int step) => string.Join(' ', session.Prelude!.Steps[step].Facts().Select(f => f.Text));

    private static string Everything(PreludeTalk session) => session.Story + string.Join(' ', session.Facts.SelectMany(f => f.Steps).SelectMany(s => s.Facts()).Select(f => f.Text)) + Json(session);

    private static string Json(PreludeTalk session)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            session.Prelude!.WriteJson(json, new FlowSummary(session.Flow, Direction.Forward));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
