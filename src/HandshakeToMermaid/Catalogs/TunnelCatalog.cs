using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Packets.Tunnels;

namespace HandshakeToMermaid.Catalogs;

/// <summary>The one place that says which tunnel is read by what. A new one is a file in Packets/Tunnels and a line here.</summary>
internal static class TunnelCatalog
{
    /// <summary>Every tunnel and tag that is read.</summary>
    public static IReadOnlyList<TunnelReader> All { get; } =
    [
        new(TunnelCarrier.EtherType, EtherType.Vlan, VlanTag.Read),
        new(TunnelCarrier.EtherType, EtherType.ServiceVlan, VlanTag.Read),
        new(TunnelCarrier.EtherType, EtherType.OldServiceVlan, VlanTag.Read),
        new(TunnelCarrier.EtherType, EtherType.BackboneService, EtherIpHeader.ReadBackbone),
        new(TunnelCarrier.EtherType, EtherType.PppoeSession, PppoeHeader.Read),
        new(TunnelCarrier.EtherType, EtherType.Mpls, MplsStack.Read),
        new(TunnelCarrier.EtherType, EtherType.UpstreamMpls, MplsStack.Read),
        new(TunnelCarrier.EtherType, EtherType.Nsh, NshHeader.Read),
        new(TunnelCarrier.EtherType, EtherType.Erspan2, ErspanHeader.Read),
        new(TunnelCarrier.EtherType, EtherType.Erspan3, ErspanHeader.Read),
        new(TunnelCarrier.IpProtocol, IpProtocol.Ipv4, IpInIp.ReadIpv4),
        new(TunnelCarrier.IpProtocol, IpProtocol.Ipv6, IpInIp.ReadIpv6),
        new(TunnelCarrier.IpProtocol, IpProtocol.Gre, GreHeader.Read),
        new(TunnelCarrier.IpProtocol, IpProtocol.EtherIp, EtherIpHeader.Read),
        new(TunnelCarrier.IpProtocol, IpProtocol.Mpls, MplsStack.Read),
        new(TunnelCarrier.UdpPort, 1701, L2tpHeader.Read),
        new(TunnelCarrier.UdpPort, 2152, GtpHeader.Read),
        new(TunnelCarrier.UdpPort, 3544, TeredoHeader.Read),
        new(TunnelCarrier.UdpPort, 4754, GreHeader.Read),
        new(TunnelCarrier.UdpPort, 4789, VxlanHeader.Read),
        new(TunnelCarrier.UdpPort, 4790, VxlanHeader.ReadGeneric),
        new(TunnelCarrier.UdpPort, 5247, CapwapHeader.Read),
        new(TunnelCarrier.UdpPort, 6081, GeneveHeader.Read),
        new(TunnelCarrier.UdpPort, 6635, MplsStack.Read),
        new(TunnelCarrier.UdpPort, 8472, VxlanHeader.Read), // Linux before IANA's number, and overlays of containers today
    ];
}
