using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Streams.Tcp;

/// <summary>One thing that happened on a TCP connection, with its frame.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="From">Who sent the frame; for an ICMP error, whose packet it quotes; for a gap, whose bytes are missing.</param>
/// <param name="Mark">The frame.</param>
/// <param name="Value">A number of bytes, for the kinds that define it.</param>
/// <param name="Flags">The segment's control bits.</param>
/// <param name="TimeToLive">TTL or hop limit of the frame: a reset with a foreign one may be injected.</param>
/// <param name="Identification">IPv4 identification of the frame.</param>
/// <param name="Icmp">The ICMP error, where that is the kind.</param>
/// <param name="IcmpSender">Who sent it.</param>
/// <param name="Gap">Why bytes are missing, where the kind is a gap.</param>
/// <param name="QuotedFrame">The frame that an ICMP error quotes, where it is known; 0 elsewhere.</param>
internal readonly record struct TcpEvent(
    TcpEventKind Kind,
    Direction From,
    FrameMark Mark,
    long Value = 0,
    TcpFlags Flags = TcpFlags.None,
    byte TimeToLive = 0,
    ushort Identification = 0,
    IcmpError Icmp = default,
    IpAddress IcmpSender = default,
    GapKind Gap = default,
    long QuotedFrame = 0);
