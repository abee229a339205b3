using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Udp;

/// <summary>An ICMP error that quotes a datagram of a flow.</summary>
/// <param name="From">The direction of the quoted datagram.</param>
/// <param name="Mark">The error's own frame.</param>
/// <param name="Icmp">What it says.</param>
/// <param name="Sender">Who says it.</param>
internal readonly record struct UdpError(Direction From, FrameMark Mark, IcmpError Icmp, IpAddress Sender);
