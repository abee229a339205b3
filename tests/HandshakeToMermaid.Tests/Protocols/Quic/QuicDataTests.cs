using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Quic;

/// <summary>Packets behind the handshake, opened with the traffic secrets of a key log.</summary>
public sealed class QuicDataTests
{
    private readonly QuicTalk talk = new();
    private readonly QuicSeal client;
    private readonly QuicSeal server;

    public QuicDataTests()
    {
        talk.Hellos();
        (client, server) = (talk.Secret(isClient: true), talk.Secret(isClient: false));
    }

    [Fact]
    public void Streams_are_put_in_order_and_read_as_http3()
    {
        var request = Convert.FromHexString("01050000d1d7c1");
        talk.Client(client.Short(QuicTalk.ServerId, 2, 0, QuicTalk.Stream(0, 4, request[4..])));
        talk.Client(client.Short(QuicTalk.ServerId, 1, 0, QuicTalk.Stream(2, 0, [0, 4, 0]), QuicTalk.Stream(0, 0, request[..4])));
        talk.Server(server.Short(QuicTalk.ClientId, 1, 0, QuicTalk.Stream(0, 0, Convert.FromHexString("01030000d9"))));
        var http = Assert.Single(talk.Facts.OfType<HttpFacts>());
        Assert.Equal(("GET / HTTP/3", "HTTP/3 200"), (http.Request, http.Response));
        Assert.DoesNotContain(talk.Tls.Steps, s => s is ApplicationDataStep);
    }

    [Fact]
    public void Streams_beyond_the_cap_are_named_as_not_read()
    {
        talk.Client(client.Short(QuicTalk.ServerId, 1, 0, [.. Enumerable.Range(0, 65).Select(i => QuicTalk.Stream(4 * i, 0, [1]))]));
        Assert.Contains(talk.Tls.Unparsed, u => u.What == UnparsedReason.Cap && u.Detail.Contains("too many streams", StringComparison.Ordinal));
    }

    [Fact]
    public void Bytes_that_come_in_order_are_taken_however_many_wait()
    {
        var stream = new OrderedBytes(maxBytes: 4, maxPieces: 2);
        Assert.Empty(stream.Take(10, new byte[4], default));
        Assert.Empty(stream.Take(20, new byte[1], default));
        Assert.True(stream.IsAboveCap);
        Assert.Equal(10, stream.Take(0, new byte[10], default).Sum(piece => piece.Bytes.Length) - 4);
    }

    [Fact]
    public void What_is_no_http3_is_drawn_as_data()
    {
        talk.Client(client.Short(QuicTalk.ServerId, 1, 0, QuicTalk.Stream(0, 0, [0x20, 0x20])));
        Assert.DoesNotContain(talk.Facts, f => f is HttpFacts);
        Assert.Single(talk.Tls.Steps, s => s is ApplicationDataStep);
    }

    [Fact]
    public void A_key_update_is_followed_and_told_once_for_each_side()
    {
        talk.Client(client.Short(QuicTalk.ServerId, 1, 0, [1]));
        client.Update();
        talk.Client(client.Short(QuicTalk.ServerId, 2, 1, [1]));
        server.Update();
        talk.Server(server.Short(QuicTalk.ClientId, 1, 1, [1]));
        talk.Client(client.Short(QuicTalk.ServerId, 3, 1, QuicTalk.Stream(0, 0, Convert.FromHexString("01050000d1d7c1"))));
        client.Update();
        talk.Client(client.Short(QuicTalk.ServerId, 4, 0, [1]));
        Assert.Equal(
            ["Forward 1", "Reverse 1", "Forward 0"],
            talk.Quic.Steps.Where(s => s.Title == "Key update").Select(s => $"{s.From} {s.Facts().Single().Text}"));
        Assert.Equal("GET / HTTP/3", talk.Facts.OfType<HttpFacts>().Single().Request);
    }

    [Fact]
    public void A_late_packet_of_the_keys_before_is_opened_and_tells_no_update()
    {
        var late = client.Short(QuicTalk.ServerId, 1, 0, QuicTalk.Stream(0, 0, Convert.FromHexString("01050000d1d7c1")));
        client.Update();
        talk.Client(client.Short(QuicTalk.ServerId, 2, 1, [1]));
        talk.Client(late);
        Assert.Single(talk.Quic.Steps, s => s.Title == "Key update");
        Assert.Equal("GET / HTTP/3", talk.Facts.OfType<HttpFacts>().Single().Request);
    }

    [Fact]
    public void A_key_phase_that_no_key_follows_is_no_update()
    {
        talk.Client(client.Short(QuicTalk.ServerId, 1, 1, [1]));
        Assert.DoesNotContain(talk.Quic.Steps, s => s.Title == "Key update");
    }

    [Fact]
    public void Packets_to_an_id_that_was_given_out_later_are_opened()
    {
        byte[] other = [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9];
        talk.Client(client.Short(other, 2, 0, [0x1A, 1, 2, 3, 4, 5, 6, 7, 8]));
        talk.Server(server.Short(QuicTalk.ClientId, 1, 0, TlsBytes.Join([0x18, 1, 0], TlsBytes.Vector8(other), new byte[16])));
        talk.Server(server.Short(QuicTalk.ClientId, 2, 0, [0x1B, 1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.Equal(["PATH_CHALLENGE", "PATH_RESPONSE"], talk.Quic.Steps.Select(s => s.Title).Where(t => t.StartsWith("PATH", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_server_that_answers_in_another_version_is_told()
    {
        var other = new QuicTalk();
        other.Client(QuicTalk.Initial(isClient: true, 0, QuicTalk.Crypto(0, TlsBytes.ClientHello13())));
        other.Server(QuicTalk.Initial(isClient: false, 0, 4, [QuicTalk.Crypto(0, TlsBytes.ServerHello13())], 0x6B3343CF));
        Assert.Equal("c:client_hello s:server_hello", other.Messages);
        Assert.Equal("QUIC v2", other.Quic.Version.Name);
        var step = other.Quic.Steps.Single(s => s.Title == "Compatible version negotiation");
        Assert.Equal("QUIC v1 to QUIC v2", step.Facts().Single().Text);
    }
}
