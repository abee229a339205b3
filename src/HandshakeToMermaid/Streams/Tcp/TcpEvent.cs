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
/// <param name="Gap">Why bytes are missing, where the kind is a gap.</param>
/// <param name="Report">The ICMP error, where that is the kind; null elsewhere. Apart, because it is rare and a flow has many events.</param>
internal readonly record struct TcpEvent(
    TcpEventKind Kind,
    Direction From,
    FrameMark Mark,
    long Value = 0,
    TcpFlags Flags = TcpFlags.None,
    byte TimeToLive = 0,
    ushort Identification = 0,
    GapKind Gap = default,
    IcmpReport? Report = null)
{
    /// <summary>The ICMP error, where that is the kind.</summary>
    public IcmpError Icmp => Report?.Error ?? default;

    /// <summary>Who sent the ICMP error.</summary>
    public IpAddress IcmpSender => Report?.Sender ?? default;

    /// <summary>The frame that an ICMP error quotes, where it is known; 0 elsewhere.</summary>
    public long QuotedFrame => Report?.QuotedFrame ?? 0;
}
