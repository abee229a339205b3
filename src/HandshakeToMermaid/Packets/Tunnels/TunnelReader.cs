using HandshakeToMermaid.Packets.Link;

namespace HandshakeToMermaid.Packets.Tunnels;

/// <summary>Which tunnel is read by what.</summary>
/// <param name="Carrier">By what it is known.</param>
/// <param name="Number">The type, protocol or port.</param>
/// <param name="Read">Reads its header.</param>
internal sealed record TunnelReader(TunnelCarrier Carrier, ushort Number, EncapsulationReader Read);
