using System.Text.Json.Nodes;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Laws;

namespace HandshakeToMermaid.Tests.Correlation;

/// <summary>QUIC and TCP for one name are two lanes of one visit; the frames are those of samples, changed where a case needs it.</summary>
public sealed class VisitTests
{
    public static TheoryData<string> Samples => ["quic-unanswered", "quic-race", "quic-race-won", "quic-alt-svc"];

    [Theory]
    [InlineData("quic-unanswered", "race", "no answer to the 4 packets of QUIC was captured")]
    [InlineData("quic-race", "race", "only TCP is seen to finish its handshake, the client ended QUIC with an error")]
    [InlineData("quic-race-won", "race", "QUIC finished its handshake 41 ms sooner, data followed on QUIC only")]
    [InlineData("quic-alt-svc", "alt_svc", "A response over TCP offered h3 (Alt-Svc)")]
    public void Both_lanes_have_the_same_visit_and_name_each_other(string sample, string reason, string said)
    {
        var (one, other) = TwoOf(Read(LawCaptures.Sample(sample)));
        var (visit, others) = (one.Visit!, other.Visit!);
        Assert.Equal(reason, visit.ReasonName);
        Assert.Contains(said, visit.Sentence, StringComparison.Ordinal);
        Assert.Equal(Confidence.Likely, visit.Confidence);
        Assert.Equal((visit.Id, visit.Reason, visit.Sentence), (others.Id, others.Reason, others.Sentence));
        Assert.Equal((one.Transport, other.Transport), (visit.Lane, others.Lane));
        Assert.Equal((one.Flow!.Flow.First.Frame, other.Flow!.Flow.First.Frame), (others.OtherFrame, visit.OtherFrame));
        Assert.Null(one.Lane);
        Assert.Equal(one.Transport, other.Lane!.Lane!.Transport);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_lane_that_began_later_is_drawn_with_the_other_one(string sample)
    {
        var later = Read(LawCaptures.Sample(sample))[1];
        var text = Drawing.Of([later], new DiagramOptions(), maxConnections: 8).Text;
        Assert.Contains(":443 UDP", text, StringComparison.Ordinal);
        Assert.Contains(":443 TCP", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("SNI www.example.com").Length - 1);
    }

    [Fact]
    public void An_unanswered_lane_is_not_drawn_once_more_for_itself()
    {
        var found = Read(LawCaptures.Sample("quic-unanswered"));
        Assert.Equal([2], Drawing.WithoutAttempts(found).Select(c => c.Connection.Id));
    }

    /// <summary>Why there are two explains an unused connection: the guess for one that stands alone is not drawn beside it, but stays a finding.</summary>
    [Fact]
    public void The_lane_that_lost_is_not_called_a_health_check()
    {
        var lost = Read(LawCaptures.Sample("quic-race-won"))[1];
        Assert.Equal(Severity.Info, Assert.Single(lost.Findings, f => f.Code == "closed-without-request").Severity);
        var text = Drawing.Of([lost], new DiagramOptions(), maxConnections: 8).Text;
        Assert.DoesNotContain("health check", text, StringComparison.Ordinal);
        Assert.Contains("data followed on QUIC only", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lane_with_findings_has_its_own_drawing_too() => Assert.Equal(2, Drawing.WithoutAttempts(Read(LawCaptures.Sample("quic-race"))).Count);

    [Fact]
    public void Silence_for_longer_than_a_race_is_a_fallback()
    {
        var (quic, tcp) = TwoOf(Read(Tcp(LawCaptures.Sample("quic-unanswered"), f => f with { Time = f.Time + Duration.FromMilliseconds(1500) })));
        Assert.Equal(VisitReason.Fallback, tcp.Visit!.Reason);
        Assert.StartsWith("QUIC began 15", tcp.Visit.Sentence, StringComparison.Ordinal);
        Assert.EndsWith("ms before TCP, and no answer to the 4 packets of QUIC was captured: TCP is probably the fallback", tcp.Visit.Sentence, StringComparison.Ordinal);
        Assert.Equal(VisitReason.Fallback, quic.Visit!.Reason);
    }

    [Fact]
    public void A_refusal_before_tcp_began_is_a_fallback()
    {
        var (_, tcp) = TwoOf(Read(Tcp(LawCaptures.Sample("quic-race"), f => f with { Time = f.Time + Duration.FromMilliseconds(300) })));
        Assert.Equal(VisitReason.Fallback, tcp.Visit!.Reason);
        Assert.Contains("the client ended QUIC with an error", tcp.Visit.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "race")]
    [InlineData(1500, "fallback")]
    public void An_icmp_error_is_named(int later, string reason)
    {
        var capture = LawCaptures.Sample("quic-unanswered");
        var first = FirstOfQuic(capture);
        var error = PacketBuilder.IcmpError("192.0.2.1", "192.0.2.10", 3, 13, first.Data.AsSpan(14, 64));
        var (quic, tcp) = TwoOf(Read(With(Tcp(capture, f => f with { Time = f.Time + Duration.FromMilliseconds(later) }), first, error)));
        Assert.Equal(OutcomeClass.Unreachable, quic.Outcome.Class);
        Assert.Equal(reason, tcp.Visit!.ReasonName);
        Assert.Contains("an ICMP error answered QUIC", tcp.Visit.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Version_negotiation_before_tcp_is_named()
    {
        var capture = LawCaptures.Sample("quic-unanswered");
        var first = FirstOfQuic(capture);
        var initial = first.Data.AsSpan(42);
        byte[] answer = [0x80, 0, 0, 0, 0, initial[14], .. initial.Slice(15, initial[14]), initial[5], .. initial.Slice(6, initial[5]), 0x6b, 0x33, 0x43, 0xcf];
        var headers = capture.Headers()[capture.Frames.ToList().IndexOf(first)];
        var packet = PacketBuilder.Udp(headers.Destination.ToString(), headers.Source.ToString(), answer);
        var (_, tcp) = TwoOf(Read(With(Tcp(capture, f => f with { Time = f.Time + Duration.FromMilliseconds(100) }), first, packet)));
        Assert.Equal(VisitReason.Fallback, tcp.Visit!.Reason);
        Assert.Contains("the server answered QUIC with Version Negotiation", tcp.Visit.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_https_record_is_named_where_quic_began_later()
    {
        var later = Changed(LawCaptures.Sample("quic-unanswered"), h => IsOf(h, isTcp: false), f => f with { Time = f.Time + Duration.FromMilliseconds(1500) });
        var (tcp, quic) = TwoOf(Read(Changed(later, h => h.Kind == PacketKind.Tcp && (h.Has(TcpFlags.Fin) || h.Has(TcpFlags.Rst)), f => f with { Time = f.Time + Duration.FromSeconds(3) })));
        Assert.Equal("tcp", tcp.Transport);
        Assert.Equal(VisitReason.HttpsRecord, quic.Visit!.Reason);
    }

    [Fact]
    public void Without_the_secrets_nothing_shows_why_quic_began_later()
    {
        var (tcp, quic) = TwoOf(LawCaptures.Sample("quic-alt-svc").Read());
        Assert.Equal((VisitReason.Unknown, VisitReason.Unknown), (tcp.Visit!.Reason, quic.Visit!.Reason));
        Assert.Contains("does not show why", quic.Visit.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_only_the_client_was_captured_silence_means_nothing()
    {
        var found = Read(LawCaptures.Sample("quic-unanswered").OneDirection(keepsClients: true));
        Assert.DoesNotContain(found, c => c.Connection.Visit?.Sentence.Contains("no answer", StringComparison.Ordinal) == true);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Another_client_is_another_visit(string sample) => AssertApart(Tcp(LawCaptures.Sample(sample), f => Replaced(f, [192, 0, 2, 10], [192, 0, 2, 11])));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Another_name_is_another_visit(string sample) => AssertApart(Tcp(LawCaptures.Sample(sample), f => Replaced(f, "www.example.com"u8.ToArray(), "ww2.example.com"u8.ToArray())));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Another_vlan_is_another_visit(string sample) => AssertApart(Tcp(LawCaptures.Sample(sample), f => f with { Data = [.. f.Data[..12], 0x81, 0, 0, 5, .. f.Data[12..]], OriginalLength = f.OriginalLength + 4 }));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_minute_apart_is_another_visit(string sample) => AssertApart(Tcp(LawCaptures.Sample(sample), f => f with { Time = f.Time + Duration.FromSeconds(60) }));

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_lane_is_what_it_is_without_the_other_one(string sample)
    {
        var capture = LawCaptures.Sample(sample);
        var both = Read(capture);
        foreach (var lost in both)
        {
            var isTcp = lost.Connection.Transport == "tcp";
            var left = both.Single(c => !ReferenceEquals(c, lost));
            var kept = Read(Changed(capture, h => IsOf(h, isTcp), f => f with { Data = [.. f.Data[..12], 0x88, 0xCC, .. f.Data[14..]] }));
            var alone = kept.Single(c => c.Connection.Transport == left.Connection.Transport);
            Assert.Null(alone.Connection.Visit);

            // The look-up may have been the other one's: what is left of it changes with whom it belongs to.
            Assert.Equal(WithoutVisit(left), WithoutVisit(alone));
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Threads_and_live_reading_change_nothing(string sample)
    {
        var capture = LawCaptures.Sample(sample);
        var expected = Read(capture).ConvertAll(ConnectionText.Json);
        var live = capture.Read(capture.KeyLog, WayOfReading.AsItComes).OrderBy(c => c.Connection.FlowStart!.Value.Frame);
        Assert.Equal(Read(capture).Select(WithoutNumber), live.Select(WithoutNumber));
        foreach (var threads in (int[])[2, 4])
        {
            var options = Reading.WithSecrets(capture.KeyLog) with { Threads = threads };
            Assert.Equal(expected.Select(NoCapture), Reading.Of(capture.AsPcap().ToArray(), options).Connections.Select(c => NoCapture(ConnectionText.Json(c))));
        }
    }

    [Fact]
    public void Beyond_the_cap_lanes_stay_apart_and_it_is_said()
    {
        var options = new AnalyzerOptions { Limits = AnalyzerLimits.Default with { OpenVisits = 0 } };
        var (found, summary) = Reading.Of(LawCaptures.Sample("quic-unanswered").AsPcap().ToArray(), options);
        Assert.All(found, c => Assert.Null(c.Connection.Visit));
        Assert.Contains(summary.CapsReached, c => c.StartsWith("1 visits over QUIC and TCP were not joined", StringComparison.Ordinal));
    }

    [Fact]
    public void The_nearest_connection_is_the_other_lane_and_further_ones_have_none()
    {
        var capture = LawCaptures.Sample("quic-unanswered");
        var port = capture.Headers().First(h => h.Kind == PacketKind.Tcp).Source.Port;
        var again = capture.Frames.Zip(capture.Headers()).Where(p => p.Second.Kind == PacketKind.Tcp)
            .Select(p => Replaced(p.First, [(byte)(port >> 8), (byte)port], [(byte)(port >> 8), (byte)(port ^ 1)]) with { Time = p.First.Time + Duration.FromMilliseconds(50), Number = p.First.Number + 1000 });
        var found = Read(capture with { Frames = [.. capture.Frames.Concat(again).OrderBy(f => f.Time)] });
        Assert.Equal(3, found.Count);
        Assert.Equal([true, true, false], found.Select(c => c.Connection.Visit is not null));
    }

    private static void AssertApart(MemoryCapture capture)
    {
        var found = Read(capture);
        Assert.Equal(2, found.Count);
        Assert.All(found, c => Assert.Null(c.Connection.Visit));
        Assert.All(found, c => Assert.Null(c.Connection.Lane));
    }

    private static (Connection One, Connection Other) TwoOf(IReadOnlyList<DiagnosedConnection> found)
    {
        Assert.Equal(2, found.Count);
        return (found[0].Connection, found[1].Connection);
    }

    private static MemoryFrame FirstOfQuic(MemoryCapture capture) => capture.Frames.Zip(capture.Headers()).First(p => IsOf(p.Second, isTcp: false)).First;

    /// <summary>With a frame a moment behind another one.</summary>
    private static MemoryCapture With(MemoryCapture capture, MemoryFrame behind, byte[] data) =>
        capture with { Frames = [.. capture.Frames.Append(behind with { Data = data, OriginalLength = (uint)data.Length, Time = behind.Time + Duration.FromMilliseconds(20), Number = 900 }).OrderBy(f => f.Time)] };

    private static List<DiagnosedConnection> Read(MemoryCapture capture) => [.. capture.Read(capture.KeyLog)];

    private static MemoryCapture Tcp(MemoryCapture capture, Func<MemoryFrame, MemoryFrame> change) => Changed(capture, h => h.Kind == PacketKind.Tcp, change);

    private static MemoryCapture Changed(MemoryCapture capture, Predicate<FrameHeaders> which, Func<MemoryFrame, MemoryFrame> change) =>
        capture with { Frames = [.. capture.Frames.Zip(capture.Headers(), (frame, headers) => which(headers) ? change(frame) : frame).OrderBy(f => f.Time).ThenBy(f => f.Number)] };

    private static bool IsOf(FrameHeaders headers, bool isTcp) =>
        isTcp ? headers.Kind == PacketKind.Tcp : headers.Kind == PacketKind.IcmpError || (headers.Kind == PacketKind.Udp && (headers.Source.Port == 443 || headers.Destination.Port == 443));

    private static MemoryFrame Replaced(MemoryFrame frame, byte[] what, byte[] with)
    {
        var data = (byte[])frame.Data.Clone();
        for (var at = data.AsSpan().IndexOf(what); at >= 0; at = data.AsSpan().IndexOf(what)) with.CopyTo(data, at);
        return frame with { Data = data };
    }

    private static string WithoutVisit(DiagnosedConnection connection) => Without(ConnectionText.Json(connection), "id", "visit");

    private static string WithoutNumber(DiagnosedConnection connection) => Without(ConnectionText.Json(connection), "id");

    private static string NoCapture(string row) => Without(row, "capture");

    private static string Without(string row, params string[] members)
    {
        var json = JsonNode.Parse(row)!.AsObject();
        foreach (var member in members) json.Remove(member);
        return json.ToJsonString();
    }
}
