using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Udp;

/// <summary>The facts of a UDP flow itself: its counters, and the ICMP errors about its datagrams.</summary>
internal sealed class UdpFacts : ProtocolFacts
{
    private readonly RecordedUdpFlow flow;
    private readonly List<Step> steps = [];

    /// <summary>The facts of a flow.</summary>
    public UdpFacts(RecordedUdpFlow flow)
    {
        this.flow = flow;
        foreach (var error in flow.Errors)
        {
            var isDeadEnd = IcmpNames.IsUnreachable(error.Icmp) && IsUnanswered(error);
            steps.Add(new IcmpStep(error, isDeadEnd, error.Sender == (error.From == Direction.Forward ? flow.Responder : flow.Initiator).Address) { From = error.From.Opposite(), First = error.Mark, Last = error.Mark });
        }

        if (flow.Forward.CutBytes + flow.Reverse.CutBytes > 0) Unparsed = [new Unparsed(UnparsedReason.CutPacket, $"{flow.Forward.CutBytes + flow.Reverse.CutBytes} bytes were cut off by the snaplen", [])];
    }

    /// <inheritdoc/>
    public override string JsonKey => IsOnLink ? "eapol" : "udp";

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps;

    /// <inheritdoc/>
    public override IReadOnlyList<Unparsed> Unparsed { get; } = [];

    /// <summary>Only an error that answers the client, to whom nothing came back, decides anything: a client that has closed its port is no fault.</summary>
    public override Outcome? Judge(FlowSummary flow)
    {
        foreach (var step in steps)
        {
            if (step is not IcmpStep { IsDeadEnd: true } icmp || icmp.Error.From != flow.Client) continue;
            return new Outcome(OutcomeClass.Unreachable, Confidence.Certain, flow.ActorAt(icmp.Error.Sender), icmp.Last.Frame);
        }

        return null;
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        var client = this.flow[flow.Client];
        var server = this.flow[flow.Client.Opposite()];
        Write(json, IsOnLink ? "frames" : "datagrams", client.Packets, server.Packets);
        Write(json, "retransmissions", flow.RetransmissionsOf(flow.Client), flow.RetransmissionsOf(flow.Client.Opposite()));
        Write(json, "missing_bytes", client.MissingBytes, server.MissingBytes);
    }

    /// <summary>True for a flow between link-layer addresses: EAPOL has no UDP, and is counted like it.</summary>
    private bool IsOnLink => flow.Initiator.Address.IsLinkLayer;

    private bool IsUnanswered(UdpError error) => error.From == Direction.Forward && flow.Reverse.Packets == 0;

    private static void Write(Utf8JsonWriter json, string name, long client, long server)
    {
        json.WriteStartObject(name);
        json.WriteNumber("client"u8, client);
        json.WriteNumber("server"u8, server);
        json.WriteEndObject();
    }
}
