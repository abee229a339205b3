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
    public void The_servers_packet_of_the_specification_opens()
    {
        // RFC 9001 appendix A.3.
        var packet = Convert.FromHexString(
            "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a99f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd93795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee");
        using var keys = QuicKeys.Initial(new QuicVersion(1), Convert.FromHexString("8394c8f03e515708"), isClient: false)!;
        var frames = QuicFrames.Read(keys.TryOpen(packet, 18));
        Assert.Equal([0x02UL, 0x06UL], frames.Select(f => f.Type));
        Assert.Equal(0x02, frames[1].Data.Span[0]);
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
    public void A_retry_is_told_and_its_tag_checked()
    {
        // RFC 9001 appendix A.4; its client's first connection id is that of these packets.
        var retry = Convert.FromHexString("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba");
        foreach (var isFalse in new[] { false, true })
        {
            var session = new QuicTalk();
            Say(session, isClient: true, Hellos()[0].Datagram);
            if (isFalse) retry[^1] ^= 1;
            session.Server(retry);
            var step = session.Quic.Steps.Single(s => s.Title == "Retry");
            Assert.Equal(isFalse, step.Facts().Any(f => f.Text.Contains("invalid integrity tag", StringComparison.Ordinal)));
        }
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
