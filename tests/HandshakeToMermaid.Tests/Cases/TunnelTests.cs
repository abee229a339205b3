using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>Connections in tunnels and VLANs: the same addresses in two of them are two, the same packet seen in two of them is one.</summary>
public sealed class TunnelTests
{
    private const string Handshake = ScriptedCapture.Opened + "C 'GET / HTTP/1.1'; +5ms; S 'HTTP/1.1 200 OK'; C ACK; C FIN; S FIN; C ACK";

    [Fact]
    public void Equal_addresses_in_two_VLANs_are_two_connections()
    {
        var found = Read([.. In(Vlan(10), Script(1000)), .. In(Vlan(20), Script(90_000_000, after: 0.5))]);
        Assert.Equal(["vlan:10", "vlan:20"], found.Select(Tunnel));
        Assert.All(found, c => Assert.Equal((0, 0), Retransmissions(c)));
    }

    [Fact]
    public void Equal_addresses_and_numbers_in_two_tunnels_at_other_times_are_two_connections()
    {
        var found = Read([.. In(Vxlan(1), Script(1000)), .. In(Vxlan(2), Script(1000, after: 5000))]);
        Assert.Equal(["vxlan:1", "vxlan:2"], found.Select(Tunnel));
    }

    [Fact]
    public void Tunnels_without_a_number_are_told_apart_by_their_ends()
    {
        static byte[] Gre(byte[] ip, bool isBack, string near, string far) => TunnelBuilder.Over(47, TunnelBuilder.Gre(0x0800, ip), isBack, near, far);
        var found = Read([
            .. In((ip, isBack) => Gre(ip, isBack, "203.0.113.1", "203.0.113.2"), Script(1000)),
            .. In((ip, isBack) => Gre(ip, isBack, "203.0.113.1", "203.0.113.3"), Script(77_000_000, after: 0.5)),
        ]);
        Assert.Equal(2, found.Count);
    }

    /// <summary>A mirror port, a router between two VLANs, the two sides of a tunnel: each packet comes again a moment later.</summary>
    [Theory]
    [InlineData(10, 20, 0.01)]
    [InlineData(10, 20, 3)]
    [InlineData(0, 20, 3)]
    [InlineData(20, 0, 3)]
    public void The_same_packet_in_two_VLANs_is_one_event(ushort one, ushort other, double later)
    {
        var script = Script(1000);
        var found = Assert.Single(Read([.. In(Vlan(one), script), .. In(Vlan(other), script, later)]));
        Assert.Equal((0, 0), Retransmissions(found));
        Assert.Equal(Assert.Single(Read([.. In(Vlan(0), script)])).Connection.Steps.Count, found.Connection.Steps.Count);
    }

    [Fact]
    public void The_same_packet_inside_and_outside_of_a_tunnel_is_one_event()
    {
        var script = Script(1000);
        Assert.Equal((0, 0), Retransmissions(Assert.Single(Read([.. In(Vxlan(1), script, 2), .. In(Vlan(0), script)]))));
    }

    [Fact]
    public void A_tunnel_that_is_another_one_each_way_holds_one_connection()
    {
        static byte[] Gtp(byte[] ip, bool isBack) => TunnelBuilder.OverUdp(2152, TunnelBuilder.Gtp(ip, isBack ? 9u : 8u), isBack);
        var found = Read([.. In(Gtp, Script(1000)), .. In((ip, isBack) => Gtp2(ip, isBack), Script(5_000_000, after: 0.3))]);
        Assert.Equal(["gtp:8", "gtp:18"], found.Select(Tunnel));
        Assert.All(found, c => Assert.Equal("fin", Json(c).GetProperty("tcp").GetProperty("end").GetString()));

        static byte[] Gtp2(byte[] ip, bool isBack) => TunnelBuilder.OverUdp(2152, TunnelBuilder.Gtp(ip, isBack ? 19u : 18u), isBack);
    }

    [Fact]
    public void The_tunnel_stands_in_JSON_and_in_the_picture()
    {
        var found = Assert.Single(Read([.. In((ip, _) => TunnelBuilder.OverUdp(4789, TunnelBuilder.Vxlan(PacketBuilder.Ethernet(ip, (0x8100, 5)))), Script(1000))]));
        Assert.Equal("""["vxlan","vlan"]""", Json(found).GetProperty("encapsulation").GetRawText());
        Assert.Equal("""[{"type":"vxlan","id":42},{"type":"vlan","id":5}]""", Json(found).GetProperty("tunnels").GetRawText());
        Assert.Equal(["Encapsulated in VXLAN 42, VLAN 5"], Drawing(found).Caption!.Lines);
        var plain = Assert.Single(Read([.. In(Vlan(0), Script(1000))]));
        Assert.False(Json(plain).TryGetProperty("encapsulation", out _));
        Assert.Null(Drawing(plain).Caption);
    }

    private static SequenceDiagram Drawing(params DiagnosedConnection[] found) => new DiagramBuilder(new DiagramOptions()).BuildUnbroken(found);

    private static Func<byte[], bool, byte[]> Vlan(ushort id) => (ip, _) => id == 0 ? PacketBuilder.Ethernet(ip) : PacketBuilder.Ethernet(ip, (0x8100, id));

    private static Func<byte[], bool, byte[]> Vxlan(uint id) => (ip, isBack) => TunnelBuilder.OverUdp(4789, TunnelBuilder.Vxlan(PacketBuilder.Ethernet(ip), id), isBack);

    private static List<ScriptedSegment> Script(uint initial, double after = 0)
    {
        var script = new TcpScript(initial, initial + 700_000_000);
        script.Now += Duration.FromMilliseconds(after);
        return script.Write(Handshake);
    }

    private static IEnumerable<(Timestamp Time, byte[] Frame)> In(Func<byte[], bool, byte[]> tunnel, IReadOnlyList<ScriptedSegment> segments, double later = 0)
    {
        ushort identification = 1;
        foreach (var segment in segments)
        {
            var tcp = PacketBuilder.TcpSegment(segment.Source, segment.Destination, segment.Sequence, segment.Acknowledgment, segment.Flags, segment.Payload, segment.Options, segment.Window);
            var ip = PacketBuilder.Ip(segment.Source.Address, segment.Destination.Address, 6, tcp, segment.TimeToLive, identification++);
            yield return (segment.Mark.Time + Duration.FromMilliseconds(later), tunnel(ip, segment.Source.Port == 443));
        }
    }

    private static List<DiagnosedConnection> Read(List<(Timestamp Time, byte[] Frame)> frames)
    {
        var capture = CaptureFileBuilder.PcapNg();
        foreach (var (time, frame) in frames.OrderBy(f => f.Time)) capture.Frame(time, frame);
        return Reading.Of(capture.ToArray()).Connections;
    }

    private static string Tunnel(DiagnosedConnection found)
    {
        var layer = found.Connection.Flow!.Flow.Encapsulation!.Layer;
        return $"{layer.Name}:{layer.Id}";
    }

    private static (int Client, int Server) Retransmissions(DiagnosedConnection found)
    {
        var counted = Json(found).GetProperty("tcp").GetProperty("retransmissions");
        return (counted.GetProperty("client").GetInt32(), counted.GetProperty("server").GetInt32());
    }

    private static JsonElement Json(DiagnosedConnection found)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ConnectionJson.Write(json, found);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
