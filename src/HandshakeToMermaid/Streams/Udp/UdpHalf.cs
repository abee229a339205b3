namespace HandshakeToMermaid.Streams.Udp;

/// <summary>One direction of a UDP flow: datagrams have no order and no end, so there is nothing but counts.</summary>
internal sealed class UdpHalf : HalfCounters;
