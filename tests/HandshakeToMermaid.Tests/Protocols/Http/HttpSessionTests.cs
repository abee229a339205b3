using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Protocols.Http;

public sealed class HttpSessionTests
{
    private const string Request = "GET /dashboard HTTP/1.1\r\nHost: secure.example.com\r\nCookie: id=hidden\r\nAuthorization: Basic aGlkZGVu\r\n\r\n";
    private const string Response = "HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=1\r\nSet-Cookie: id=hidden\r\n\r\nhidden body";
    private const string Http2Request = "828684418cf1e3c2e5f23a6ba0ab90f4ff";
    private const Direction Client = Direction.Forward;
    private const Direction Server = Direction.Reverse;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_first_exchange_is_told_however_it_is_cut(int size)
    {
        var session = new HttpSession();
        Feed(session, Client, Latin(Request), size);
        Feed(session, Server, Latin(Response), size);
        var facts = Facts(session);
        Assert.Equal(("GET /dashboard HTTP/1.1", "HTTP/1.1 200 OK", true, "secure.example.com"), (facts.Request, facts.Response, facts.HasStrictTransportSecurity, facts.Authority));
        Assert.Equal(["GET /dashboard HTTP/1.1", "HTTP/1.1 200 OK"], facts.Steps.Select(step => step.Title));
        Assert.Equal([Client, Server], facts.Steps.Select(step => step.From));
        Assert.True(session.IsSatisfied(Client) && session.IsSatisfied(Server));
        Assert.DoesNotContain("hidden", Json(facts) + string.Concat(facts.Steps.SelectMany(step => step.Facts())));
    }

    [Fact]
    public void The_json_has_the_contracts_keys()
    {
        var session = new HttpSession(Provenance.Decrypted, Client);
        Feed(session, Client, Latin(Request));
        Assert.Equal("""{"request":"GET /dashboard HTTP/1.1","response":null,"hsts":null}""", Json(Facts(session)));
    }

    [Fact]
    public void A_response_without_hsts_says_so_only_after_its_last_header()
    {
        var session = new HttpSession();
        Feed(session, Server, Latin("HTTP/1.1 404 Not Found\r\nServer: x\r\n"));
        Assert.Null(Facts(session).HasStrictTransportSecurity);
        session = new HttpSession();
        Feed(session, Server, Latin("HTTP/1.1 404 Not Found\r\nServer: x\r\n\r\n"));
        Assert.False(Facts(session).HasStrictTransportSecurity);
    }

    [Fact]
    public void Interim_responses_are_passed_over()
    {
        var session = new HttpSession();
        Feed(session, Server, Latin("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n\r\n"), 5);
        Assert.Equal("HTTP/1.1 201 Created", Facts(session).Response);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(1000)]
    public void Http_2_is_told_in_the_same_form(int size)
    {
        var session = new HttpSession(Provenance.Decrypted, Client);
        Feed(session, Client, [.. Latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .. Frame(4, 0, "000300000064"), .. Frame(8, 0, "00010000"), .. Frame(1, 5, Http2Request)], size);
        Feed(session, Server, [.. Frame(4, 0, "000300000080"), .. Frame(4, 1, ""), .. Frame(1, 4, "88" + "7801" + "61"), .. Frame(0, 1, "00")], size);
        var facts = Facts(session);
        Assert.Equal(("GET / HTTP/2", "HTTP/2 200", "www.example.com", true), (facts.Request, facts.Response, facts.Authority, facts.HasStrictTransportSecurity));
        Assert.Equal(["SETTINGS", "GET / HTTP/2", "SETTINGS", "HTTP/2 200"], facts.Steps.Select(step => step.Title));
        Assert.Equal("MAX_CONCURRENT_STREAMS 100", Assert.Single(facts.Steps[0].Facts()).Text);
        Assert.All(facts.Steps, step => Assert.Equal(Provenance.Decrypted, step.Provenance));
    }

    [Fact]
    public void A_header_block_may_be_padded_and_continued()
    {
        var session = new HttpSession(client: Client);
        byte[] padded = [2, 0, 0, 0, 0, 9, .. Convert.FromHexString(Http2Request[..10]), 0, 0];
        Feed(session, Client, [.. Latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .. Frame(4, 0, ""), .. Frame(1, 0x28, Convert.ToHexString(padded)), .. Frame(9, 0, Http2Request[10..16]), .. Frame(9, 4, Http2Request[16..])]);
        Assert.Equal("GET / HTTP/2", Facts(session).Request);
    }

    [Fact]
    public void A_goaway_before_the_first_answer_is_told_with_its_reason()
    {
        var session = new HttpSession(client: Client);
        Feed(session, Server, [.. Frame(4, 0, ""), .. Frame(7, 0, "000000000000000c")]);
        var step = Facts(session).Steps[^1];
        Assert.Equal(("GOAWAY", "INADEQUATE_SECURITY"), (step.Title, step.Facts().Single().Text));
    }

    [Fact]
    public void A_frame_longer_than_the_cap_is_not_waited_for()
    {
        foreach (var (length, isRefused) in new[] { (65_535, false), (65_536, false), (65_537, true) })
        {
            var session = new HttpSession(client: Client);
            Feed(session, Client, [.. Latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .. Frame(4, 0, ""), (byte)(length >> 16), (byte)(length >> 8), (byte)length, 1, 4, 0, 0, 0, 1]);
            Assert.Equal(isRefused, session.IsSatisfied(Client));
        }
    }

    [Fact]
    public void A_head_without_end_is_given_up_at_the_cap()
    {
        var session = new HttpSession();
        Feed(session, Client, Latin("GET / HTTP/1.1\r\n"));
        for (var i = 0; i < 70 && !session.IsSatisfied(Client); i++) Feed(session, Client, Latin(new string('x', 1000) + "\r\n"));
        Assert.True(session.IsSatisfied(Client));
        var facts = Facts(session);
        Assert.Equal("GET / HTTP/1.1", facts.Request);
        Assert.Equal(UnparsedReason.Fault, Assert.Single(facts.Unparsed).What);
    }

    [Fact]
    public void A_gap_in_the_head_is_said()
    {
        var session = new HttpSession();
        Feed(session, Client, Latin("GET / HTTP/1.1\r\nHo"));
        session.Gap(Client, new StreamGap(GapKind.NotCaptured, 10, Mark(2)));
        var facts = Facts(session);
        Assert.Equal("GET / HTTP/1.1", facts.Request);
        Assert.Equal([2L], Assert.Single(facts.Unparsed).Frames);
    }

    [Fact]
    public void A_tls_alert_as_answer_to_a_clear_request_is_noticed()
    {
        var session = new HttpSession();
        Feed(session, Client, Latin(Request));
        Feed(session, Server, [0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]);
        Assert.True(Facts(session).IsAnsweredByTls);
    }

    [Fact]
    public void Userinfo_in_a_target_is_left_out_and_a_long_target_is_cut()
    {
        Assert.Equal("GET http://example.com/a@b HTTP/1.1", HttpStartLine.Request("GET http://u:hidden@example.com/a@b HTTP/1.1"u8)!.StartLine);
        Assert.Equal("CONNECT example.com:443 HTTP/1.1", HttpStartLine.Request("CONNECT u:hidden@example.com:443 HTTP/1.1"u8)!.StartLine);
        Assert.Equal("GET /a@b HTTP/1.1", HttpStartLine.Request("GET /a@b HTTP/1.1"u8)!.StartLine);
        Assert.InRange(HttpStartLine.Request(Latin($"GET /{new string('a', 5000)} HTTP/1.1"))!.StartLine.Length, 1000, 1100);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n", ProbeVerdict.Certain)]
    [InlineData("HTTP/1.1 200 OK", ProbeVerdict.Certain)]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", ProbeVerdict.Certain)]
    [InlineData("PRI * HTTP/2", ProbeVerdict.Unsure)]
    [InlineData("GE", ProbeVerdict.Unsure)]
    [InlineData("GET / HT", ProbeVerdict.Unsure)]
    [InlineData("OPTIONS sip:a SIP/2.0\r\n", ProbeVerdict.NotForUs)]
    [InlineData("EHLO x\r\n", ProbeVerdict.NotForUs)]
    [InlineData("\u0016\u0003\u0001", ProbeVerdict.NotForUs)]
    internal void The_first_bytes_tell_http_from_others(string start, ProbeVerdict verdict) => Assert.Equal(verdict, HttpProtocol.Probe(Latin(start)));

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(9112);
        byte[][] starts = [[], Latin("GET / HTTP/1.1\r\n"), Latin("HTTP/1.1 200 OK\r\n"), [.. Latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .. Frame(4, 0, "")], Frame(4, 0, "")];
        for (var i = 0; i < 4000; i++)
        {
            var session = new HttpSession(Provenance.Clear, random.Next(3) switch { 0 => Client, 1 => Server, _ => null });
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            var frame = random.Next(2) == 0 ? Frame((byte)random.Next(10), (byte)random.Next(256), Convert.ToHexString(bytes)) : bytes;
            Feed(session, (Direction)random.Next(2), [.. starts[random.Next(starts.Length)], .. frame], 1 + random.Next(50));
            session.Finish(isClosed: true);
        }
    }

    private static HttpFacts Facts(HttpSession session) => Assert.IsType<HttpFacts>(Assert.Single(session.Finish(isClosed: true)));

    private static void Feed(HttpSession session, Direction from, byte[] bytes, int size = int.MaxValue)
    {
        for (var at = 0; at < bytes.Length; at += Math.Min(size, bytes.Length - at))
        {
            session.Bytes(from, bytes.AsSpan(at, Math.Min(size, bytes.Length - at)), Mark(1));
        }
    }

    [Theory]
    [InlineData("", true, null)]
    [InlineData("44012F", false, "www.example.com")]
    public void CONNECT_in_HTTP2_names_what_to_connect_to_and_with_a_path_the_server_itself(string path, bool isForTunnel, string? name)
    {
        var session = new HttpSession(Provenance.Decrypted, Client);
        Feed(session, Client, [.. Latin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), .. Frame(4, 0, ""), .. Frame(1, 4, $"0207{Convert.ToHexString("CONNECT"u8)}{path}0113{Convert.ToHexString("www.example.com:443"u8)}")]);
        Feed(session, Server, [.. Frame(4, 0, ""), .. Frame(1, 4, "88")]);
        var facts = Facts(session);
        Assert.Equal((isForTunnel ? "CONNECT www.example.com:443 HTTP/2" : "CONNECT / HTTP/2", 200, isForTunnel, name), (facts.Request, facts.Status, facts.AsksForTunnel, facts.ServerName));
        Assert.Equal(isForTunnel ? 1 : 0, facts.Unparsed.Count);
        if (isForTunnel) Assert.Equal(["asks the proxy to connect it with the server", "opens the tunnel: what follows passes through the proxy"], facts.Steps.Where(step => !step.IsMinor).Select(step => step.Explanation));
    }

    private static byte[] Frame(byte type, byte flags, string payload)
    {
        var body = Convert.FromHexString(payload);
        var stream = (byte)(type is 4 or 7 or 8 ? 0 : 1);
        return [(byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, type, flags, 0, 0, 0, stream, .. body];
    }

    private static FrameMark Mark(long frame) => new(frame, new Timestamp(frame));

    private static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    private static string Json(HttpFacts facts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            facts.WriteJson(json, null!);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
