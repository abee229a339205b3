using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>What a drawing needs to know of the transport below a connection.</summary>
/// <param name="Client">The direction in which the client sends.</param>
/// <param name="IsJoinedMidway">True where the capture began inside the connection.</param>
/// <param name="Encapsulation">The tunnels and VLAN tags around its packets; null where there were none.</param>
internal sealed record FlowOutline(Direction Client, bool IsJoinedMidway, EncapsulationPath? Encapsulation)
{
    /// <summary>The outline of a flow.</summary>
    public static FlowOutline Of(FlowSummary flow) => new(flow.Client, flow.IsJoinedMidway, flow.Flow.Encapsulation);

    /// <summary>Which side sends in a direction.</summary>
    public Side SideOf(Direction direction) => direction == Client ? Side.Client : Side.Server;
}
