using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Udp;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using HandshakeToMermaid.Tests.Protocols.Dtls;

namespace HandshakeToMermaid.Tests.Protocols.Udp;

/// <summary>Datagrams on their way through all rooms.</summary>
public sealed class DatagramRoadTests
{
    [Fact]
    public void A_closed_port_is_named_by_the_icmp_error_that_answers_the_client_hello()
    {
        var quoted = PacketBuilder.Ip(PacketBuilder.Address("192.0.2.1"), PacketBuilder.Address("192.0.2.2"), 17, PacketBuilder.UdpDatagram(PacketBuilder.Endpoint(Client), PacketBuilder.Endpoint(Server), Hello()));
        var found = Assert.Single(Read(PacketBuilder.Udp(Client, Server, Hello()), PacketBuilder.IcmpError("192.0.2.2", "192.0.2.1", 3, 3, quoted)));
        Assert.Equal((OutcomeClass.Unreachable, OutcomeActor.Server, 2), (found.Connection.Outcome.Class, found.Connection.Outcome.By, found.Connection.Outcome.Frame));
        Assert.Equal("port-closed", found.Findings[0].Code);
        Assert.True(found.Connection.FactsOf<UdpFacts>()!.Steps[0].IsDeadEnd);
    }

    [Fact]
    public void Datagrams_of_other_protocols_make_no_row()
    {
        var random = new Random(5);
        var frames = Enumerable.Range(0, 200).Select(i =>
        {
            var noise = new byte[random.Next(100)];
            random.NextBytes(noise);
            return PacketBuilder.Udp($"192.0.2.1:{2000 + i}", "192.0.2.2:5004", noise);
        }).ToArray();
        Assert.Empty(Read(frames));
    }

    [Fact]
    public void A_client_that_begins_anew_on_the_same_ports_makes_a_second_row()
    {
        var found = Read(PacketBuilder.Udp(Client, Server, Hello()), PacketBuilder.Udp(Client, Server, Hello(random: 2)));
        Assert.Equal([1, 2], found.Select(f => f.Connection.Id));
        Assert.All(found, f => Assert.Equal("dtls", f.Connection.Transport));
    }

    private const string Client = "192.0.2.1:40000";
    private const string Server = "192.0.2.2:4433";

    private static byte[] Hello(byte random = 1) => new DtlsTalk().Message(1, 0, DtlsTalk.ClientHello(random))[0];

    private static List<DiagnosedConnection> Read(params byte[][] frames)
    {
        var file = CaptureFileBuilder.Pcap(LinkType.Ethernet);
        for (var i = 0; i < frames.Length; i++) file.Frame(new Timestamp(1_800_000_000_000_000_000 + (i * 1_000_000L)), frames[i]);
        return Reading.Of(file.ToArray()).Connections;
    }
}
