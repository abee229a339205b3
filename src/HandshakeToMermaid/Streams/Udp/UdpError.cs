using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>An ICMP error that quotes a datagram of a flow.</summary>
/// <param name="From">The direction of the quoted datagram.</param>
/// <param name="Mark">The error's own frame.</param>
/// <param name="Icmp">The type and code.</param>
/// <param name="Sender">The sender's address.</param>
internal readonly record struct UdpError(Direction From, FrameMark Mark, IcmpError Icmp, IpAddress Sender);
