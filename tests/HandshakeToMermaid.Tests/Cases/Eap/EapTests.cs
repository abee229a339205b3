using System.Buffers.Binary;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Eap;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;
using HandshakeToMermaid.Tests.Laws;

namespace HandshakeToMermaid.Tests.Cases.Eap;

/// <summary>EAP in RADIUS: captures of this folder (see record.sh) and packets that look alike.</summary>
public sealed class EapTests
{
    [Theory]
    [InlineData("tls12", "EAP-TLS", "TLS 1.2")]
    [InlineData("tls13", "EAP-TLS", "TLS 1.3")]
    [InlineData("peap", "PEAP", "TLS 1.2")]
    public void The_handshake_inside_is_read_from_its_fragments(string name, string method, string version)
    {
        var found = Assert.Single(Read(name)).Connection;
        var eap = found.FactsOf<EapFacts>()!;
        var tls = found.FactsOf<TlsFacts>()!;
        Assert.Equal(("radius", method, true, version), (found.Transport, eap.Method, eap.IsAccepted, tls.Version?.Name));
        Assert.Equal(OutcomeClass.Established, found.Outcome.Class);
        Assert.Empty(found.Unparsed);
        Assert.Contains($"{version} in {method}", found.Handshake!.Title, StringComparison.Ordinal);
        Assert.Null(found.Handshake.RoundTrips);
    }

    [Fact]
    public void Certificates_of_both_sides_come_in_several_fragments_and_are_whole()
    {
        var tls = Assert.Single(Read("tls12")).Connection.FactsOf<TlsFacts>()!;
        Assert.Equal("CN=server.example", tls.ServerCertificates[0].Certificate.Subject);
        Assert.Equal("CN=client.example", tls.ClientCertificates[0].Certificate.Subject);
        Assert.True(tls.Messages.First(m => m.Message is CertificateMessage) is { } chain && chain.First.Frame < chain.Last.Frame);
        Assert.All(tls.Verifications.Where(v => v.Verdict != VerificationVerdict.NotChecked), v => Assert.Equal(VerificationVerdict.Valid, v.Verdict));
    }

    [Fact]
    public void Supplicant_authenticator_and_server_are_drawn_and_the_identity_is_not()
    {
        var text = Drawn(Read("tls12"));
        Assert.Contains("Supplicant<br/>02:00:00:00:00:01", text, StringComparison.Ordinal);
        Assert.Contains("Authenticator<br/>127.0.0.1", text, StringComparison.Ordinal);
        Assert.Contains("R-->>C: EAP Response, Identity", text, StringComparison.Ordinal);
        Assert.Contains("EAP-TLS Start", text, StringComparison.Ordinal);
        Assert.Contains("EAP Success", text, StringComparison.Ordinal);
        Assert.DoesNotContain("somebody", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_supplicant_that_does_not_trust_the_server_sends_its_alert_through_the_authenticator()
    {
        var found = Assert.Single(Read("unknown-authority"));
        Assert.Equal(OutcomeClass.Alert, found.Connection.Outcome.Class);
        Assert.False(found.Connection.FactsOf<EapFacts>()!.IsAccepted);
        Assert.DoesNotContain(found.Findings, f => f.Code == "eap-refused");
    }

    [Fact]
    public void A_refusal_behind_the_handshake_is_a_finding()
    {
        var found = Assert.Single(Read("peap-refused"));
        Assert.Equal(OutcomeClass.Established, found.Connection.Outcome.Class);
        Assert.Equal("the TLS handshake of PEAP completed, and the server answered what followed with EAP Failure", Assert.Single(found.Findings, f => f.Code == "eap-refused").Cause);
        Assert.Equal("TLS was established, and the network refused the supplicant", OutcomeText.Verdict(found.Connection));
    }

    /// <summary>Of a handshake that was not seen whole it is not known whether it was completed before the refusal.</summary>
    [Fact]
    public void A_refusal_explains_nothing_where_the_handshake_was_not_seen_whole()
    {
        var whole = File.ReadAllBytes(PathOf("peap-refused"));
        var unknown = 0;
        for (var left = 0; left < 18 * 18; left++)
        {
            foreach (var found in Reading.Of(Without(Without(whole, left / 18), left % 18), null).Connections)
            {
                if (found.Connection is not { Outcome.IsCompleted: false } || found.Connection.FactsOf<EapFacts>() is not { HasTls: true, IsAccepted: false }) continue;
                unknown++;
                Assert.DoesNotContain(found.Findings, f => f.Code == "eap-refused");
            }
        }

        Assert.NotEqual(0, unknown);
    }

    [Fact]
    public void The_rest_of_a_series_above_the_cap_is_no_beginning()
    {
        var read = new CountingReader();
        var fragments = new EapFragments(Direction.Forward, AnalyzerLimits.Default with { HandshakeMessageBytes = 1000 }, read);
        Take(0xC0, 600);
        Take(0x40, 600);
        Take(0x40, 600);
        Take(0x00, 600);
        fragments.Finish();
        Assert.Equal((0L, GapKind.CapReached), (read.Bytes, read.First));

        // The next series is read.
        Take(0x80, 600);
        Assert.Equal(600, read.Bytes);

        void Take(byte flags, int length)
        {
            byte[] record = [22, 3, 3, .. new byte[length - 3]];
            byte[] total = (flags & 0x80) == 0 ? [] : (flags & 0x40) == 0 ? [0, 0, 2, 88] : [0, 0, 9, 96];
            fragments.Take(new EapPacket(EapPacket.Response, 1, 13, (byte[])[flags, .. total, .. record]), new FrameMark(1, default));
        }
    }

    [Theory]
    [InlineData("md5", true, 0)]
    [InlineData("nak", false, 1)]
    public void Without_a_method_that_carries_tls_there_is_no_handshake(string name, bool isAccepted, int findings)
    {
        var found = Assert.Single(Read(name));
        Assert.Equal(OutcomeClass.NotTls, found.Connection.Outcome.Class);
        Assert.Null(found.Connection.FactsOf<TlsFacts>());
        Assert.Equal(isAccepted, found.Connection.FactsOf<EapFacts>()!.IsAccepted);
        Assert.Equal(findings, found.Findings.Count(f => f.Code == "eap-refused"));
    }

    [Fact]
    public void Two_supplicants_are_two_connections()
    {
        var found = Read("two");
        Assert.Equal(2, found.Count);
        Assert.Equal(["02:00:00:00:00:01", "02:00:00:00:00:02"], found.Select(f => f.Connection.Steps.First(s => s.Helper is not null).Helper));
    }

    /// <summary>An authenticator asks for all its supplicants from one port: their packets come mixed, and each has a State of its own.</summary>
    [Fact]
    public void Several_supplicants_at_once_on_one_port_are_connections_of_their_own()
    {
        var found = Read("shared-port");
        Assert.Equal(["02:00:00:00:00:01", "02:00:00:00:00:03", "02:00:00:00:00:02"], found.Select(f => f.Connection.Steps.First(s => s.Helper is not null).Helper));
        Assert.Single(found.Select(f => f.Connection.Client.Endpoint).Distinct());
        Assert.True(found[2].Connection.First.Frame < found[1].Connection.Last.Frame);
        Assert.All(found, f =>
        {
            Assert.Equal((OutcomeClass.Established, true), (f.Connection.Outcome.Class, f.Connection.FactsOf<EapFacts>()!.IsAccepted));
            Assert.Empty(f.Connection.Unparsed);
            Assert.Empty(f.Findings);
        });
    }

    [Theory]
    [InlineData("shared-port")]
    [InlineData("two")]
    public void Lost_frames_of_one_conversation_invent_nothing_in_another(string name)
    {
        var capture = MemoryCapture.Of(name, PathOf(name));
        var whole = capture.Read();
        Assert.Empty(LossIsSaid.Losses(capture).SelectMany(loss => LossIsSaid.Violations(whole, loss.Left, [], WayOfReading.WhenOver).Select(v => $"{loss.What}: {v}")));
    }

    [Fact]
    public void Packets_are_matched_by_State_then_by_station_and_answers_by_the_request_that_had_their_identifier_last()
    {
        var (one, other) = (new RadiusConversation(), new RadiusConversation());
        one.Take(Radius(1, 7, "a", ""));
        other.Take(Radius(1, 8, "b", ""));
        Assert.Equal((DatagramMatch.Certain, DatagramMatch.No), (one.Match(Radius(11, 7, "", "x")), other.Match(Radius(11, 7, "", "x"))));
        one.Take(Radius(11, 7, "", "x"));
        other.Take(Radius(11, 8, "", "y"));
        Assert.Equal((DatagramMatch.No, DatagramMatch.Certain), (one.Match(Radius(1, 9, "b", "y")), other.Match(Radius(1, 9, "b", "y"))));

        // Its challenge was not captured.
        Assert.Equal((DatagramMatch.Likely, DatagramMatch.No), (one.Match(Radius(1, 9, "a", "z")), other.Match(Radius(1, 9, "a", "z"))));

        // The identifier went to a request of the other.
        other.Take(Radius(1, 7, "b", "y"));
        one.Pass(Radius(1, 7, "b", "y"));
        Assert.Equal((DatagramMatch.No, DatagramMatch.Certain), (one.Match(Radius(11, 7, "", "q")), other.Match(Radius(11, 7, "", "q"))));

        // Behind the decision nothing but a repetition is of the conversation.
        other.Take(Radius(2, 7, "", ""));
        Assert.Equal((DatagramMatch.No, DatagramMatch.Certain), (other.Match(Radius(1, 3, "b", "y")), other.Match(Radius(1, 7, "b", "y"))));
        Assert.Equal(DatagramMatch.No, one.Match([1, 2, 3]));
    }

    [Fact]
    public void A_conversation_that_was_not_seen_to_its_end_is_incomplete()
    {
        var capture = MemoryCapture.Of("nak", PathOf("nak"));
        Assert.Equal(OutcomeClass.Incomplete, Assert.Single(capture.DropFrames(2, capture.Frames.Count - 2).Read()).Connection.Outcome.Class);
    }

    [Theory]
    [InlineData("tls12")]
    [InlineData("tls13")]
    public void A_missing_fragment_is_said_and_nothing_is_read_across_it(string name)
    {
        var whole = File.ReadAllBytes(PathOf(name));
        for (var left = 0; left < 18; left++)
        {
            var found = Reading.Of(Without(whole, left), null).Connections;
            foreach (var connection in found.Select(f => f.Connection))
            {
                if (connection.FactsOf<TlsFacts>() is not { } tls) continue;
                Assert.DoesNotContain(tls.Verifications, v => v.Verdict == VerificationVerdict.Invalid);
                Assert.DoesNotContain(tls.Messages, m => m.Message.Fault.IsFault);
            }
        }
    }

    [Fact]
    public void What_only_looks_like_radius_is_not_recognised()
    {
        using var source = CaptureFiles.Open([PathOf("tls12")], AnalyzerLimits.Default);
        Assert.True(source.TryRead(out var frame));
        var radius = frame.Data[42..].ToArray();
        Assert.True(Recognises(radius));
        Assert.False(Recognises([.. radius, 0]));
        Assert.False(Recognises(radius[..^1]));
        Assert.False(Recognises([]));
        for (var i = 0; i < 4; i++)
        {
            var other = radius.ToArray();
            other[i == 1 ? 2 : i] ^= 0x11;
            Assert.False(Recognises(other));
        }

        // An Access-Request with a password in place of EAP.
        Assert.False(Recognises([1, 0, 0, 38, .. new byte[16], 1, 8, .. "client"u8, 2, 10, .. new byte[8]]));

        // DNS and QUIC on RADIUS' port.
        Assert.False(Recognises([0x01, 0x00, 0x01, 0x00, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 3, (byte)'w', (byte)'w', (byte)'w', 0, 0, 1, 0, 1]));

        static bool Recognises(byte[] payload) => RadiusPacket.TryRead(payload, out var read) && EapPacket.TryRead(read.Eap, out var eap) && eap is { Code: EapPacket.Response };
    }

    [Theory]
    [InlineData("02-00-00-00-00-01", "02:00:00:00:00:01")]
    [InlineData("0200.0000.0001", "02:00:00:00:00:01")]
    [InlineData("AABBCCDDEEFF", "aa:bb:cc:dd:ee:ff")]
    [InlineData("+49 30 1234567", null)]
    [InlineData("02-00-00-00-00", null)]
    [InlineData("02-00-00-00-00-01-02", null)]
    public void A_calling_station_is_named_where_it_is_a_link_layer_address(string value, string? expected)
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes(value);
        byte[] packet = [1, 0, 0, 0, .. new byte[16], 31, (byte)(text.Length + 2), .. text];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        Assert.True(RadiusPacket.TryRead(packet, out var radius));
        Assert.Equal(expected, radius.Station);
    }

    private static byte[] Radius(byte code, byte identifier, string station, string state)
    {
        byte[] packet = [code, identifier, 0, 0, .. Enumerable.Repeat(identifier, 16), .. Attribute(31, station), .. Attribute(24, state)];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        return packet;

        static byte[] Attribute(byte type, string value) => value.Length == 0 ? [] : [type, (byte)(value.Length + 2), .. System.Text.Encoding.ASCII.GetBytes(value)];
    }

    private sealed class CountingReader : IStreamReader
    {
        public long Bytes { get; private set; }

        public GapKind? First { get; private set; }

        void IStreamReader.Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark) => Bytes += bytes.Length;

        void IStreamReader.Gap(Direction from, StreamGap gap) => First ??= gap.Kind;

        bool IStreamReader.IsSatisfied(Direction from) => false;
    }

    private static byte[] Without(byte[] capture, int left)
    {
        var kept = new List<byte>(capture[..24]);
        for (var (at, number) = (24, 0); at < capture.Length; number++)
        {
            var length = 16 + BinaryPrimitives.ReadInt32LittleEndian(capture.AsSpan(at + 8));
            if (number != left) kept.AddRange(capture[at..(at + length)]);
            at += length;
        }

        return [.. kept];
    }

    private static string Drawn(IReadOnlyList<DiagnosedConnection> found) => MermaidRenderer.Render(new DiagramBuilder(new DiagramOptions()).Build(found));

    private static List<DiagnosedConnection> Read(string name) => Reading.Of(PathOf(name));

    private static string PathOf(string name) => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Eap", name + ".pcap");
}
