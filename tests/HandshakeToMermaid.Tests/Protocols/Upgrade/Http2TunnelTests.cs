using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Upgrade;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Protocols.Upgrade;

/// <summary>A CONNECT of HTTP/2 inside TLS, from frames; the sample <c>proxy-http2</c> is a whole one.</summary>
public sealed class Http2TunnelTests
{
    private const Direction Client = Direction.Forward;
    private const Direction Server = Direction.Reverse;
    private long frame;

    [Fact]
    public void The_sample_has_TLS_in_the_DATA_frames_of_its_first_tunnel_and_says_that_there_is_another()
    {
        var connection = Assert.Single(Reading.OfSample("proxy-http2")).Connection;
        var (outer, proxy, inner) = (connection.FactsOf<TlsFacts>()!, connection.FactsOf<UpgradeFacts>()!, connection.FactsOf<InnerFacts>()!);
        Assert.Equal(("proxy.example.net", "www.example.com", true), (outer.ServerName, inner.ServerName, inner.Span!.Done.IsSet));
        Assert.Equal(("proxy.example.net", "www.example.com", "www.example.com"), (connection.Proxy!.Name, connection.Server.Name, proxy.Behind!.Host));
        Assert.Equal(["tls", "proxy", "inner_tls", "http"], connection.Facts.Skip(1).Select(f => f.JsonKey));
        Assert.Equal("HTTP/2 CONNECT inside TLS", proxy.Span!.Title);
        Assert.Equal("another tunnel in the same connection", Assert.Single(connection.Unparsed).Detail);
        Assert.Equal("TLS 1.3 handshake with www.example.com, established", Headline.Title(Assert.Single(Reading.OfSample("proxy-http2"))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4000)]
    public void What_passes_through_the_tunnel_is_the_data_of_its_stream_without_padding(int size)
    {
        var inner = new Collector();
        var tunnel = Begin(inner);
        Send(tunnel, Client, [.. HttpHalf.Preface, .. Settings, .. Connect(1)], size);
        Send(tunnel, Server, [.. Settings, .. Head(1, 0x88), .. Data(3, "no"u8), .. Data(1, "se"u8)], size);
        Send(tunnel, Client, [.. Data(1, "hel"u8), .. Frame(0, 8, 1, [2, .. "lo"u8, 0, 0]), .. Frame(0, 8, 1, [1, 0]), .. Data(5, "no"u8), .. Data(1, []), .. Data(1, "!"u8)], size);
        Send(tunnel, Server, [.. Head(1, 0x88), .. Data(1, "rver"u8)], size);
        var facts = FactsOf(tunnel);
        Assert.Equal(("hello!", "server"), (inner.Text(Client), inner.Text(Server)));
        Assert.Equal(["CONNECT", "HTTP 200"], facts.Steps.Select(s => s.Title));
        Assert.Equal(("www.example.com", (ushort)443, "http-connect"), (facts.Behind!.Host, facts.Behind.Port, facts.Wrapper));
        Assert.All(facts.Steps, s => Assert.Equal(Provenance.Decrypted, s.Provenance));
        Assert.True(facts.Steps[0].Last.Frame >= facts.Steps[0].First.Frame);
    }

    [Fact]
    public void A_request_repeated_with_credentials_is_on_another_stream()
    {
        var inner = new Collector();
        var tunnel = Begin(inner);
        Send(tunnel, Client, [.. HttpHalf.Preface, .. Settings, .. Connect(1)]);
        Send(tunnel, Server, [.. Settings, .. Head(1, [.. Status("407"), .. Literal("proxy-authenticate", "Basic realm=proxy")]), .. Data(1, "an error page"u8)]);
        Send(tunnel, Client, Connect(3, Literal("proxy-authorization", "Basic c2VjcmV0")));
        Send(tunnel, Server, [.. Head(3, 0x88), .. Data(3, "TLS"u8)]);
        var facts = FactsOf(tunnel);
        Assert.Equal(["CONNECT", "HTTP 407", "CONNECT", "HTTP 200"], facts.Steps.Select(s => s.Title));
        Assert.Equal(["Proxy Authentication Required", "Basic"], facts.Steps[1].Facts().Select(f => f.Text));
        Assert.Equal(["www.example.com:443", "with credentials"], facts.Steps[2].Facts().Select(f => f.Text));
        Assert.Equal((null, "TLS", 0), (facts.Refused, inner.Text(Server), facts.Unparsed.Count));
    }

    [Fact]
    public void Other_tunnels_are_counted_with_their_frames()
    {
        var tunnel = Begin(new Collector());
        Send(tunnel, Client, [.. HttpHalf.Preface, .. Settings, .. Connect(1), .. Connect(3)]);
        Send(tunnel, Client, Connect(5));
        var unread = Assert.Single(FactsOf(tunnel).Unparsed);
        Assert.Equal((UnparsedReason.Cap, "2 other tunnels in the same connection", "1, 2"), (unread.What, unread.Detail, string.Join(", ", unread.Frames)));
    }

    [Theory]
    [InlineData("status", "HTTP 502", "Bad Gateway")]
    [InlineData("reset", "RST_STREAM", "CONNECT_ERROR")]
    [InlineData("goaway", "GOAWAY", "ENHANCE_YOUR_CALM")]
    public void A_refusal_is_a_status_or_the_end_of_the_stream(string how, string title, string reason)
    {
        var inner = new Collector();
        var tunnel = Begin(inner);
        Send(tunnel, Client, [.. HttpHalf.Preface, .. Settings, .. Connect(1)]);
        Send(tunnel, Server, [.. Settings, .. how switch { "status" => [.. Head(1, Status("502")), .. Data(1, "page"u8)], "reset" => Frame(3, 0, 1, [0, 0, 0, 10]), _ => Frame(7, 0, 0, [0, 0, 0, 0, 0, 0, 0, 11]) }]);
        var refusal = FactsOf(tunnel).Refused!;
        Assert.Equal((title, reason, true), (refusal.Title, Assert.Single(refusal.Facts()).Text, refusal.IsDeadEnd));
        Assert.False(inner.IsBegun);
    }

    [Fact]
    public void The_end_of_an_open_tunnel_is_a_step_and_no_refusal()
    {
        var tunnel = Begin(new Collector());
        Send(tunnel, Client, [.. HttpHalf.Preface, .. Settings, .. Connect(1)]);
        Send(tunnel, Server, [.. Head(1, 0x88), .. Frame(3, 0, 1, [0, 0, 0, 10])]);
        var facts = FactsOf(tunnel);
        Assert.Equal((null, "ends the tunnel, not the connection that carries it"), (facts.Refused, facts.Steps[^1].Explanation));
        Assert.True(facts.Span!.Done.IsSet);
    }

    [Theory]
    [InlineData(Client)]
    [InlineData(Server)]
    internal void Behind_a_gap_nothing_more_of_a_direction_is_read_and_it_is_said(Direction from)
    {
        var inner = new Collector();
        var tunnel = Begin(inner);
        Send(tunnel, Client, [.. HttpHalf.Preface, .. Settings, .. Connect(1)]);
        Send(tunnel, Server, [.. Settings, .. Head(1, 0x88), .. Data(1, "a"u8)]);
        Send(tunnel, Client, Data(1, "a"u8));
        tunnel.Gap(from, new StreamGap(GapKind.NotCaptured, 0, At(9)));
        foreach (var way in new[] { Client, Server }) Send(tunnel, way, Data(1, "b"u8));
        Assert.Equal(("ab", "a"), (inner.Text(from.Opposite()), inner.Text(from)));
        Assert.Equal((1, 9), (inner.Gaps, Assert.Single(Assert.Single(FactsOf(tunnel).Unparsed).Frames)));
    }

    /// <summary>A connection that is no tunnel is read as it was: its first exchange in HTTP, of whichever version.</summary>
    [Theory]
    [InlineData("h2", "GET / HTTP/2", "HTTP/2 200")]
    [InlineData("h1", "GET / HTTP/1.1", "HTTP/1.1 200 OK")]
    public void Where_the_first_request_asks_for_no_tunnel_the_exchange_is_read_as_usual(string version, string request, string response)
    {
        var inner = new Collector();
        var tunnel = Begin(inner);
        if (version == "h2") Send(tunnel, Server, Settings);
        Send(tunnel, Client, version == "h2" ? [.. HttpHalf.Preface, .. Settings, .. Frame(1, 4, 1, [0x82, 0x84, 0x87]), .. Connect(3)] : [.. "GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n"u8]);
        Send(tunnel, Server, version == "h2" ? Head(1, 0x88) : [.. "HTTP/1.1 200 OK\r\n\r\n"u8]);
        var facts = Assert.IsType<HttpFacts>(Assert.Single(tunnel.Finish(isClosed: true)));
        Assert.Equal((request, response, false), (facts.Request, facts.Response, inner.IsBegun));
        Assert.True(tunnel.IsSatisfied(Client) && tunnel.IsSatisfied(Server));
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(9113);
        for (var i = 0; i < 4000; i++)
        {
            var tunnel = Begin(new Collector());
            if (random.Next(4) > 0) Send(tunnel, Client, [.. HttpHalf.Preface, .. Settings, .. Connect(1)]);
            if (random.Next(4) > 0) Send(tunnel, Server, Head(1, 0x88));
            for (var n = random.Next(6); n > 0; n--)
            {
                var bytes = new byte[random.Next(80)];
                random.NextBytes(bytes);
                var from = (Direction)random.Next(2);
                if (random.Next(9) == 0) tunnel.Gap(from, new StreamGap(GapKind.NotCaptured, 0, At(1)));
                else Send(tunnel, from, random.Next(4) == 0 ? bytes : Frame((byte)random.Next(10), (byte)random.Next(256), (uint)random.Next(4), bytes), 1 + random.Next(50));
            }

            Assert.True(tunnel.Finish(isClosed: true).Count <= 2);
        }
    }

    private static Http2Tunnel Begin(Collector inner) => new(Client, new HttpSession(Provenance.Decrypted, Client), () => inner.Begun());

    private static UpgradeFacts FactsOf(Http2Tunnel tunnel) => Assert.IsType<UpgradeFacts>(tunnel.Finish(isClosed: true)[0]);

    private static byte[] Settings => Frame(4, 0, 0, []);

    private static byte[] Connect(uint stream, byte[]? more = null) => Head(stream, [.. Literal(2, "CONNECT"), .. Literal(1, "www.example.com:443"), .. more ?? []]);

    private static byte[] Head(uint stream, params byte[] block) => Frame(1, 4, stream, block);

    private static byte[] Data(uint stream, ReadOnlySpan<byte> bytes) => Frame(0, 0, stream, bytes);

    private static byte[] Status(string code) => Literal(8, code);

    private static byte[] Literal(byte index, string value) => [index, (byte)value.Length, .. System.Text.Encoding.ASCII.GetBytes(value)];

    private static byte[] Literal(string name, string value) => [0, (byte)name.Length, .. System.Text.Encoding.ASCII.GetBytes(name), (byte)value.Length, .. System.Text.Encoding.ASCII.GetBytes(value)];

    private static byte[] Frame(byte type, byte flags, uint stream, ReadOnlySpan<byte> body)
    {
        var header = new byte[9];
        (header[0], header[1], header[2], header[3], header[4]) = ((byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, type, flags);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(5), stream);
        return [.. header, .. body];
    }

    private void Send(Http2Tunnel tunnel, Direction from, byte[] bytes, int size = int.MaxValue)
    {
        frame++;
        foreach (var piece in bytes.Chunk(Math.Min(size, Math.Max(1, bytes.Length)))) tunnel.Bytes(from, piece, At(frame));
    }

    private static FrameMark At(long number) => new(number, new Timestamp(number));

    /// <summary>Collects what passes through the tunnel.</summary>
    private sealed class Collector : IStreamSession
    {
        private readonly List<byte>[] sent = [[], []];

        public bool IsBegun { get; private set; }

        public int Gaps { get; private set; }

        public Collector Begun()
        {
            IsBegun = true;
            return this;
        }

        public string Text(Direction from) => System.Text.Encoding.ASCII.GetString([.. sent[(int)from]]);

        public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark) => sent[(int)from].AddRange(bytes);

        public void Gap(Direction from, StreamGap gap) => Gaps++;

        public bool IsSatisfied(Direction from) => false;

        public IReadOnlyList<ProtocolFacts> Finish(bool isClosed) => [];
    }
}
