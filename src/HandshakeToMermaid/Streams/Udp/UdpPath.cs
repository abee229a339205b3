using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>The endpoints between which a flow may have gone on.</summary>
/// <param name="Client">Where the initiator sends from.</param>
/// <param name="Server">Where it sends to.</param>
internal readonly record struct UdpPath(IpEndpoint Client, IpEndpoint Server);
