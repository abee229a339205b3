using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>An ICMP error that quotes a segment of a connection.</summary>
/// <param name="Error">The error.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="QuotedFrame">The frame that it quotes, where it is known; 0 elsewhere.</param>
internal sealed record IcmpReport(IcmpError Error, IpAddress Sender, long QuotedFrame);
