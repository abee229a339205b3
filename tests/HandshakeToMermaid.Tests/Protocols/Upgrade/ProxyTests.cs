using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Protocols.Upgrade;

public sealed class ProxyTests
{
    private const string Connect = "CONNECT www.example.com:443 HTTP/1.1\r\nHost: www.example.com:443\r\n";

    [Fact]
    public void A_tunnel_through_an_HTTP_proxy()
    {
        var talk = new PreludeTalk(8080).Client(Connect + "\r\n").Server("HTTP/1.1 200 Connection established\r\n\r\n").Hellos();
        Assert.Equal("> CONNECT < HTTP 200 > client_hello < server_hello", talk.Story);
        Assert.Equal(("http-connect", "www.example.com:443"), (talk.Prelude!.Wrapper, talk.Prelude.Proxy!.Target!.ToString()));
        Assert.Equal(new ServerBehind("www.example.com", 443), talk.Prelude.Behind);
    }

    [Fact]
    public void A_proxy_asks_for_credentials_and_the_client_repeats_its_request_with_them()
    {
        var talk = new PreludeTalk(8080).Client(Connect + "\r\n")
            .Server("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 5\r\n\r\nhello")
            .Client(Connect + "Proxy-Authorization: Basic dXNlcjpwYXNz\r\n\r\n").Server("HTTP/1.1 200 OK\r\n\r\n").Hellos();
        Assert.Equal("> CONNECT < HTTP 407 > CONNECT < HTTP 200 > client_hello < server_hello", talk.Story);
        Assert.Null(talk.Prelude!.Refused);
        Assert.DoesNotContain(talk.Prelude.Steps.SelectMany(s => s.Facts()), f => f.Text.Contains("dXNl", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 3\r\n\r\nno!", "proxy-refused", "it answered HTTP 403: Forbidden")]
    [InlineData("HTTP/1.1 502 Whatever\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nno!\r\n0\r\n\r\n", "proxy-refused", "it answered HTTP 502: Bad Gateway")]
    [InlineData("HTTP/1.1 407 X\r\nProxy-Authenticate: Negotiate\r\n\r\n", "proxy-authentication-required", "it answered HTTP 407: Proxy Authentication Required")]
    public void A_refusal_of_an_HTTP_proxy_is_a_finding(string answer, string code, string cause)
    {
        var found = Read(8080, $"C '{Connect}\r\n'; +5ms; S '{answer}'; C ACK; C FIN; S FIN; C ACK");
        Assert.Equal(OutcomeClass.NotTls, found.Connection.Outcome.Class);
        Assert.Equal((code, cause), (found.Findings[0].Code, found.Findings[0].Cause));
        Assert.Equal("www.example.com", found.Connection.Server.Name);
        Assert.NotNull(found.Connection.Proxy);
    }

    [Fact]
    public void SOCKS_4_and_4a()
    {
        var talk = new PreludeTalk(1080).Client([4, 1, 1, 0xBB, 198, 51, 100, 7, .. "secret\0"u8]).Server([0, 90, 0, 0, 0, 0, 0, 0]).Hellos();
        Assert.Equal("> SOCKS 4 CONNECT < Request granted > client_hello < server_hello", talk.Story);
        Assert.Equal("198.51.100.7:443", talk.Prelude!.Proxy!.Target!.ToString());
        Assert.DoesNotContain(talk.Prelude.Steps.SelectMany(s => s.Facts()), f => f.Text.Contains("secret", StringComparison.Ordinal));

        talk = new PreludeTalk(1080).Client([4, 1, 1, 0xBB, 0, 0, 0, 1, 0, .. "one.example\0"u8]).Server([0, 90, 0, 0, 0, 0, 0, 0]).Hellos();
        Assert.Equal("> SOCKS 4a CONNECT < Request granted > client_hello < server_hello", talk.Story);
        Assert.Equal(("socks4", "one.example:443"), (talk.Prelude!.Wrapper, talk.Prelude.Proxy!.Target!.ToString()));

        talk = new PreludeTalk(1080).Client([4, 1, 1, 0xBB, 198, 51, 100, 7, 0]).Server([0, 91, 0, 0, 0, 0, 0, 0]);
        Assert.Equal("> SOCKS 4 CONNECT < Request rejected", talk.Story);
    }

    [Fact]
    public void SOCKS_5_with_and_without_authentication()
    {
        byte[] request = [5, 1, 0, 3, 11, .. "one.example"u8, 1, 0xBB], reply = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        var talk = new PreludeTalk(1080).Client([5, 1, 0]).Server([5, 0]).Client(request).Server(reply).Hellos();
        Assert.Equal("> SOCKS 5 greeting < Method > SOCKS 5 CONNECT < Succeeded > client_hello < server_hello", talk.Story);
        Assert.Equal(("socks5", "one.example:443"), (talk.Prelude!.Wrapper, talk.Prelude.Proxy!.Target!.ToString()));

        talk = new PreludeTalk(1080).Client([5, 2, 0, 2]).Server([5, 2]).Client([1, 4, .. "user"u8, 6, .. "secret"u8]).Server([1, 0]).Client(request).Server(reply).Hellos();
        Assert.Equal("> SOCKS 5 greeting < Method > User name and password < Authentication > SOCKS 5 CONNECT < Succeeded > client_hello < server_hello", talk.Story);
        Assert.DoesNotContain(talk.Prelude!.Steps.SelectMany(s => s.Facts()), f => f.Text.Contains("secret", StringComparison.Ordinal) || f.Text == "user");

        talk = new PreludeTalk(1080).Client([5, 1, 0]).Server([5, 0]).Client([5, 1, 0, 4, .. new byte[15], 1, 1, 0xBB]).Server([5, 5, 0, 1, 0, 0, 0, 0, 0, 0]);
        Assert.Equal("[::1]:443", talk.Prelude!.Proxy!.Target!.ToString());
        Assert.Equal("connection refused", talk.Prelude.Refused!.Facts().First().Text);
    }

    [Theory]
    [InlineData("PROXY TCP4 192.0.2.1 198.51.100.7 4711 443\r\n", "192.0.2.1:4711")]
    [InlineData("PROXY TCP6 2001:db8::1 2001:db8::2 4711 443\r\n", "[2001:db8::1]:4711")]
    [InlineData("PROXY UNKNOWN\r\n", "no addresses")]
    public void The_PROXY_protocol_in_text(string line, string source)
    {
        var talk = new PreludeTalk(443).Client([.. System.Text.Encoding.ASCII.GetBytes(line), .. PreludeTalk.ClientHello]).Server(PreludeTalk.ServerHello);
        Assert.Equal("> PROXY v1 > client_hello < server_hello", talk.Story);
        Assert.Equal(source, talk.Prelude!.Steps[0].Facts().First().Text);
        Assert.Null(talk.Prelude.Behind);
    }

    [Fact]
    public void The_PROXY_protocol_in_binary()
    {
        byte[] header = [.. "\r\n\r\n\0\r\nQUIT\n"u8, 0x21, 0x11, 0, 12, 192, 0, 2, 1, 198, 51, 100, 7, 0x12, 0x67, 1, 0xBB];
        var talk = new PreludeTalk(443).Client(header).Client(PreludeTalk.ClientHello).Server(PreludeTalk.ServerHello);
        Assert.Equal("> PROXY v2 > client_hello < server_hello", talk.Story);
        Assert.Equal("192.0.2.1:4711", talk.Prelude!.Steps[0].Facts().First().Text);
    }

    [Theory]
    [InlineData("05010099")]
    [InlineData("0503000102FF")]
    [InlineData("0400")]
    [InlineData("040201BB0A00000100")]
    [InlineData("040101BB0A000001FF00")]
    [InlineData("434F4E4E45435420782053495020322E300D0A")]
    [InlineData("50524F585920544350350D0A")]
    public void What_only_begins_alike_is_no_proxy(string data) => Assert.Null(new PreludeTalk(1080).Client(Convert.FromHexString(data)).Server([0x42, 0x42, 0x42]).Prelude);

    [Fact]
    public void Another_choice_than_was_offered_is_no_SOCKS() => Assert.Null(new PreludeTalk(1080).Client([5, 1, 0]).Server([5, 7]).Prelude);

    [Fact]
    public void The_proxy_stands_beside_the_client_so_that_no_label_crosses_its_lifeline()
    {
        var hello = TlsBytes.Handshake(TlsBytes.ClientHello13("www.example.com"));
        var found = Read(8080, $"C '{Connect}\r\n'; +50ms; S 'HTTP/1.1 200 OK\r\n\r\n'; C hex:{Convert.ToHexString(hello)}; +20ms; S ACK");
        var diagram = new HandshakeToMermaid.Diagrams.DiagramBuilder(new HandshakeToMermaid.Diagrams.DiagramOptions()).Build(found);
        Assert.Equal(["Proxy", "Client", "www.example.com"], diagram.Participants.Select(p => p.Lines[0]));
        Assert.Equal(["198.51.100.7:8080", "192.0.2.1", "port 443"], diagram.Participants.Select(p => p.Lines[1]));
        var prelude = found.Connection.Facts.First(f => f.JsonKey == "proxy").Span!;
        Assert.Equal(50, prelude.Done.Time.Since(prelude.Start.Time).Milliseconds, 3.0);
    }

    private static DiagnosedConnection Read(ushort port, string script) =>
        Assert.Single(Reading.Of(ScriptedCapture.Of(ScriptedCapture.Opened + ScriptedCapture.Lines(script), port)).Connections);
}
