using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Quic;

public sealed class QuicSessionTests
{
    [Fact]
    public void Hellos_are_read_without_any_key_log()
    {
        var session = new QuicTalk();
        foreach (var (isClient, datagram) in Hellos()) Say(session, isClient, datagram);
        Assert.Equal("c:client_hello s:server_hello", session.Messages);
        Assert.Equal("one.example", session.Tls.ServerName);
        Assert.Equal("QUIC v1", session.Quic.Version.Name);
        Assert.Equal("TLS 1.3 in QUIC v1", session.Tls.Span!.Title);
        Assert.Empty(session.Tls.Unparsed);
    }

    [Fact]
    public void The_clients_fingerprint_tells_quic()
    {
        var session = new QuicTalk();
        foreach (var (isClient, datagram) in Hellos()) Say(session, isClient, datagram);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            session.Tls.WriteJson(json, new FlowSummary(session.Flow, Direction.Forward));
            json.WriteEndObject();
        }

        using var document = JsonDocument.Parse(stream.ToArray());
        Assert.StartsWith("q13d", document.RootElement.GetProperty("ja4").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Datagrams_in_any_order_and_twice_say_the_same()
    {
        var random = new Random(11);
        var hellos = Hellos();
        for (var round = 0; round < 30; round++)
        {
            var session = new QuicTalk();
            var shuffled = hellos.Concat(hellos.Where(_ => random.Next(3) == 0)).ToArray();
            random.Shuffle(shuffled);
            foreach (var (isClient, datagram) in shuffled) Say(session, isClient, datagram);
            Assert.Equal(["c:client_hello", "s:server_hello"], session.Messages.Split(' ').Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Packets_whose_numbers_are_cut_to_a_byte_are_opened_as_they_count_on()
    {
        var session = new QuicTalk();
        var hello = TlsBytes.ClientHello13();
        var piece = (hello.Length / 5) + 1;
        for (var i = 0; i < 5; i++)
        {
            var at = i * piece;
            session.Client(QuicTalk.Initial(isClient: true, number: i * 100, numberLength: 1, [QuicTalk.Crypto(at, hello[at..Math.Min(at + piece, hello.Length)])]));
        }

        Assert.Equal("c:client_hello", session.Messages);
    }

    [Fact]
    public void A_hello_whose_middle_is_missing_is_not_read_and_is_no_failure()
    {
        var session = new QuicTalk();
        foreach (var (isClient, datagram) in Hellos().Where((_, i) => i != 1)) Say(session, isClient, datagram);
        Assert.DoesNotContain("client_hello", session.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Zeros_fill_a_datagram_up_and_a_packet_may_begin_with_one()
    {
        ReadOnlySpan<byte> zeros = new byte[40], packet = [0, 1, .. new byte[38]];
        var length = 40;
        Assert.False(QuicPacket.TryRead(ref zeros, ref length, out _));
        Assert.True(QuicPacket.TryRead(ref packet, ref length, out var read));
        Assert.Equal(QuicPacketType.OneRtt, read.Type);
    }

    [Fact]
    public void A_close_for_a_crypto_error_is_the_alert_it_stands_for()
    {
        var session = new QuicTalk();
        foreach (var (isClient, datagram) in Hellos().Take(3)) Say(session, isClient, datagram);
        session.Server(QuicTalk.Initial(isClient: false, 0, [0x1C, 0x41, 0x28, 0x06, 0x02, (byte)'n', (byte)'o']));
        Assert.Equal("handshake_failure", Assert.Single(session.Tls.Alerts).Alert!.Value.Description.Name);
        Assert.Equal(OutcomeClass.Alert, session.Tls.Judge(new FlowSummary(session.Flow, Direction.Forward))!.Class);
    }

    [Fact]
    public void Another_error_names_itself_and_ends_the_handshake()
    {
        var session = new QuicTalk();
        foreach (var (isClient, datagram) in Hellos().Take(3)) Say(session, isClient, datagram);
        session.Server(QuicTalk.Initial(isClient: false, 0, [0x1C, 0x02, 0x00, 0x00]));
        Assert.Contains(session.Quic.Steps, s => s.Title == "CONNECTION_CLOSE" && s.Facts().Any(f => f.Text == "CONNECTION_REFUSED"));
        Assert.Equal(OutcomeClass.ClosedByServer, session.Quic.Judge(new FlowSummary(session.Flow, Direction.Forward))!.Class);
    }

    [Fact]
    public void Only_a_clients_first_datagram_begins_a_flow()
    {
        Assert.True(QuicTalk.IsRecognised(QuicTalk.Initial(isClient: true, 0, [1])));
        Assert.False(QuicTalk.IsRecognised([0x40, .. TlsBytes.Fill(1300)]));
        Assert.False(QuicTalk.IsRecognised(TlsBytes.Fill(1300, 0xFF)));
        var random = new Random(3);
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var noise = new byte[random.Next(1, 1400)];
            random.NextBytes(noise);
            if (QuicTalk.IsRecognised(noise)) taken++;
        }

        Assert.Equal(0, taken);
    }

    [Fact]
    public void Cut_and_changed_datagrams_never_throw()
    {
        var random = new Random(5);
        var hellos = Hellos();
        for (var round = 0; round < 400; round++)
        {
            var session = new QuicTalk();
            foreach (var (isClient, datagram) in hellos)
            {
                var bytes = datagram[..random.Next(datagram.Length + 1)];
                for (var i = random.Next(4); i > 0 && bytes.Length > 0; i--) bytes[random.Next(Math.Min(bytes.Length, 64))] = (byte)random.Next(256);
                Say(session, isClient, bytes);
            }

            Assert.Equal(2, session.Facts.Count);
        }
    }

    [Fact]
    public void Any_bytes_are_frames_or_end_them()
    {
        var random = new Random(9);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            if (bytes.Length > 0) bytes[0] &= 0x3F;
            Assert.InRange(QuicFrames.Read(bytes).Count, 0, bytes.Length);
        }
    }

    /// <summary>A ClientHello over three packets, and its answer in one.</summary>
    private static (bool IsClient, byte[] Datagram)[] Hellos()
    {
        var hello = TlsBytes.ClientHello13();
        var third = hello.Length / 3;
        return
        [
            (true, QuicTalk.Initial(isClient: true, 0, QuicTalk.Crypto(0, hello[..third]))),
            (true, QuicTalk.Initial(isClient: true, 1, QuicTalk.Crypto(third, hello[third..(2 * third)]))),
            (true, QuicTalk.Initial(isClient: true, 2, QuicTalk.Crypto(2 * third, hello[(2 * third)..]))),
            (false, QuicTalk.Initial(isClient: false, 0, [0x02, 0x02, 0x00, 0x00, 0x02], QuicTalk.Crypto(0, TlsBytes.ServerHello13()))),
        ];
    }

    private static void Say(QuicTalk session, bool isClient, byte[] datagram)
    {
        if (isClient) session.Client(datagram);
        else session.Server(datagram);
    }
}
