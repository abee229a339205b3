using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dtls;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Protocols.Dtls;

public sealed class DtlsSessionTests
{
    [Fact]
    public void A_cookie_exchange_is_told_and_the_session_is_the_clients()
    {
        var session = Begun();
        Assert.Equal("c:client_hello s:hello_verify_request c:client_hello s:server_hello s:certificate s:server_hello_done", session.Messages);
        Assert.Equal("DTLS 1.2", session.Facts.Version!.Value.Name);
        Assert.Equal(Direction.Forward, session.Facts.ClientDirection);
        Assert.Equal([1, 2, 3, 4, 5], session.Facts.Session.ClientHello!.SessionRandom.Length == 32 ? session.Facts.Messages.Take(4).Select(m => m.Last.Frame).Append(5) : []);
    }

    [Fact]
    public void The_transcript_covers_a_message_as_if_it_had_come_whole()
    {
        var session = new DtlsTalk();
        foreach (var record in session.Message(1, 0, DtlsTalk.ClientHello(), 10)) session.Client(record);
        var hello = Assert.Single(session.Facts.Messages);
        Assert.Equal(DtlsTalk.Fragment(1, 0, DtlsTalk.ClientHello(), 0, DtlsTalk.ClientHello().Length), hello.Hashed.ToArray());
        Assert.Equal((1, 5), (hello.First.Frame, hello.Last.Frame));
    }

    [Fact]
    public void A_message_that_came_before_the_ones_in_front_of_it_is_told_at_their_time()
    {
        var session = new DtlsTalk();
        session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello())]);
        session.Server([.. session.Message(11, 1, DtlsTalk.Certificate)]);
        session.Server([.. session.Message(2, 0, DtlsTalk.ServerHello)]);
        var (hello, chain) = (session.Facts.Messages[1], session.Facts.Messages[2]);
        Assert.Equal(("server_hello", "certificate"), (hello.TypeName, chain.TypeName));
        Assert.Equal((3, 2), (hello.Last.Frame, chain.Last.Frame));
        Assert.Equal(hello.Last.Time, chain.Last.Time);
    }

    [Fact]
    public void The_order_of_datagrams_does_not_matter()
    {
        var whole = Bytes(Begun());
        for (var seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            var session = new DtlsTalk();
            session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello())]);
            session.Server([.. session.Message(3, 0, DtlsTalk.HelloVerifyRequest)]);
            session.Client([.. session.Message(1, 1, DtlsTalk.ClientHello(cookie: [1, 2, 3, 4]))]);
            var flight = Flight(session, random.Next(1, 120));
            random.Shuffle(flight);
            foreach (var record in flight) session.Server(record);
            Assert.Equal(whole, Bytes(session));
            Assert.Equal(0, session.Facts.Retransmissions.Reverse);
        }
    }

    [Fact]
    public void Overlapping_fragments_keep_the_first_bytes()
    {
        var session = new DtlsTalk();
        session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello())]);
        session.Server([.. session.Message(2, 0, DtlsTalk.ServerHello)]);
        var forged = DtlsTalk.Certificate.ToArray();
        forged.AsSpan(6).Fill(0xEE);
        session.Server(session.Record(22, DtlsTalk.Fragment(11, 1, DtlsTalk.Certificate, 0, 100)));
        session.Server(session.Record(22, DtlsTalk.Fragment(11, 1, forged, 50, 100)));
        session.Server(session.Record(22, DtlsTalk.Fragment(11, 1, DtlsTalk.Certificate, 120, DtlsTalk.Certificate.Length - 120)));
        var body = session.Facts.Messages[^1].Bytes.ToArray()[4..];
        Assert.Equal(DtlsTalk.Certificate[..100], body[..100]);
        Assert.All(body[100..150], b => Assert.Equal(0xEE, b));
        Assert.Equal(DtlsTalk.Certificate[150..], body[150..]);
    }

    [Fact]
    public void A_flight_that_comes_again_is_one_retransmission_for_each_datagram()
    {
        var session = Begun();
        session.Server([.. Flight(session, 100)]);
        Assert.Equal(1, session.Facts.Retransmissions.Reverse);
        var again = Assert.Single(session.Facts.Steps.OfType<RetransmissionStep>());
        Assert.Equal("ServerHello", Assert.Single(again.Facts()).Text);
        Assert.Equal(Bytes(Begun()), Bytes(session));
    }

    [Fact]
    public void A_frame_that_was_captured_twice_is_no_retransmission()
    {
        var session = new DtlsTalk();
        var hello = session.Message(1, 0, DtlsTalk.ClientHello());
        session.Client([.. hello]);
        session.Client([.. hello]);
        Assert.Equal(0, session.Facts.Retransmissions.Forward);
        Assert.Single(session.Facts.Steps);
    }

    [Fact]
    public void Another_random_is_another_handshake_on_the_same_ports()
    {
        var session = Begun();
        Assert.True(session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello())]));
        Assert.False(session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello(random: 9))]));
    }

    [Fact]
    public void A_handshake_up_to_the_finished_of_both_sides_is_established()
    {
        var session = Begun();
        session.Client([.. session.Message(16, 2, [4, 1, 2, 3, 4]), session.Record(20, [1]), session.Record(22, new byte[40], epoch: 1)]);
        session.Server(session.Record(20, [1]), session.Record(22, new byte[40], epoch: 1));
        Assert.Equal(["ClientKeyExchange", "ChangeCipherSpec", "encrypted finished", "ChangeCipherSpec", "encrypted finished"], session.Steps.TakeLast(5));
        Assert.Equal(OutcomeClass.Established, Judge(session).Class);

        // The client did not get the answer and sends its Finished again.
        session.Client(session.Record(20, [1]), session.Record(22, new byte[40], epoch: 1));
        Assert.Equal(1, session.Facts.Retransmissions.Forward);
        Assert.False(session.Filter.IsOver);
        session.Client(session.Record(21, new byte[30], epoch: 1));
        session.Server(session.Record(21, new byte[30], epoch: 1));
        Assert.True(session.Filter.IsOver);
        Assert.Equal(2, session.Facts.Alerts.Count());
    }

    [Fact]
    public void An_alert_in_clear_ends_the_handshake()
    {
        var session = new DtlsTalk();
        session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello())]);
        session.Server(session.Record(21, [2, 40]));
        var outcome = Judge(session);
        Assert.Equal((OutcomeClass.Alert, OutcomeActor.Server), (outcome.Class, outcome.By));
    }

    [Fact]
    public void A_client_that_asks_again_and_again_is_not_answered()
    {
        var session = new DtlsTalk();
        for (var i = 0; i < 4; i++) session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello())]);
        Assert.Equal((OutcomeClass.NoServerHello, Confidence.Likely), (Judge(session).Class, Judge(session).Confidence));
        Assert.Equal(3, session.Facts.Retransmissions.Forward);
    }

    [Fact]
    public void A_message_that_never_came_whole_is_said_and_proves_nothing()
    {
        var session = new DtlsTalk();
        session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello())]);
        session.Server([.. session.Message(2, 0, DtlsTalk.ServerHello)]);
        session.Server(session.Record(22, DtlsTalk.Fragment(11, 1, DtlsTalk.Certificate, 0, 100)));
        session.Server([.. session.Message(14, 2, [])]);
        Assert.Equal("c:client_hello s:server_hello s:server_hello_done", session.Messages);
        Assert.Contains(session.Facts.Unparsed, u => u.What == UnparsedReason.Gap && u.Detail.Contains("Certificate", StringComparison.Ordinal));
        Assert.Equal(OutcomeClass.Incomplete, Judge(session).Class);
    }

    [Fact]
    public void Other_protocols_on_the_flow_are_passed_over()
    {
        var session = Begun();
        var before = session.Messages;
        Assert.True(session.Client([0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42, .. new byte[12]])); // STUN
        Assert.True(session.Server([0x80, 0x60, .. new byte[40]])); // RTP
        Assert.Equal(before, session.Messages);
        Assert.Equal(0, session.Facts.Retransmissions.Forward);
    }

    [Theory]
    [InlineData(39, 0)]
    [InlineData(40, 0)]
    [InlineData(41, 1)]
    public void Messages_above_the_cap_are_not_kept(int length, int capped)
    {
        var session = new DtlsTalk(new AnalyzerLimits { HandshakeMessageBytes = 40 });
        session.Client([.. session.Message(16, 0, new byte[length])]);
        Assert.Equal(1 - capped, session.Facts.Messages.Count);
        Assert.Equal(capped, session.Facts.Unparsed.Count(u => u.What == UnparsedReason.Cap));
    }

    [Fact]
    public void Every_prefix_and_spoilt_bytes_are_borne()
    {
        var random = new Random(3);
        var source = new DtlsTalk();
        byte[] datagram = [.. source.Message(1, 0, DtlsTalk.ClientHello())[0], .. source.Record(20, [1]), .. source.Record(22, new byte[40], epoch: 1), 0x2F, 1, 2, 0, 20, .. new byte[20]];
        for (var length = 0; length <= datagram.Length; length++) Play(datagram[..length]);
        for (var i = 0; i < 3000; i++)
        {
            var spoilt = datagram.ToArray();
            for (var j = 0; j < random.Next(1, 6); j++) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
            Play(spoilt);
            var noise = new byte[random.Next(60)];
            random.NextBytes(noise);
            Play(noise);
        }

        static void Play(byte[] bytes)
        {
            var session = new DtlsTalk();
            session.Client(bytes);
            session.Server(bytes);
            _ = session.Messages;
            Judge(session);
            DtlsProtocol.Recognises(bytes, bytes.Length);
        }
    }

    [Fact]
    public void Only_the_beginning_of_a_handshake_is_recognised()
    {
        var session = new DtlsTalk();
        var hello = session.Message(1, 0, DtlsTalk.ClientHello())[0];
        Assert.True(DtlsProtocol.Recognises(hello, hello.Length));
        var data = session.Record(23, new byte[60], epoch: 1);
        Assert.False(DtlsProtocol.Recognises(data, data.Length));
        var tooLong = hello.ToArray();
        tooLong[11] = 0xFF;
        Assert.False(DtlsProtocol.Recognises(tooLong, tooLong.Length));
        byte[] tls = [22, 3, 3, .. hello[3..]];
        Assert.False(DtlsProtocol.Recognises(tls, tls.Length));
    }

    private static Outcome Judge(DtlsTalk session) => session.Facts.Judge(new FlowSummary(session.Flow, session.Facts.ClientDirection ?? Direction.Forward) { Retransmitted = session.Facts.Retransmissions })!;

    private static string[] Bytes(DtlsTalk session) => [.. session.Facts.Messages.Select(m => Convert.ToHexString(m.Hashed.Span))];

    private static DtlsTalk Begun()
    {
        var session = new DtlsTalk();
        session.Client([.. session.Message(1, 0, DtlsTalk.ClientHello())]);
        session.Server([.. session.Message(3, 0, DtlsTalk.HelloVerifyRequest)]);
        session.Client([.. session.Message(1, 1, DtlsTalk.ClientHello(cookie: [1, 2, 3, 4]))]);
        foreach (var record in Flight(session, 1000)) session.Server(record);
        return session;
    }

    private static byte[][] Flight(DtlsTalk session, int size) =>
        [.. session.Message(2, 1, DtlsTalk.ServerHello, size), .. session.Message(11, 2, DtlsTalk.Certificate, size), .. session.Message(14, 3, [])];
}
