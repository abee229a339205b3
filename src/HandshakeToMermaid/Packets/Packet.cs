using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets;

/// <summary>
/// The headers of one frame, over the reader's own buffer: valid until the next frame is read. Which fields are set
/// depends on <see cref="Kind"/>. For <see cref="PacketKind.IcmpError"/> the addresses, ports and
/// <see cref="Sequence"/> are those of the quoted packet; <see cref="IcmpSender"/> is who complains.
/// </summary>
public ref struct Packet
{
    /// <summary>What the frame holds.</summary>
    public PacketKind Kind;

    /// <summary>Which frame.</summary>
    public FrameMark Mark;

    /// <summary>Who sent it.</summary>
    public IpEndpoint Source;

    /// <summary>Whom it was sent to.</summary>
    public IpEndpoint Destination;

    /// <summary>IPv4 time to live or IPv6 hop limit.</summary>
    public byte TimeToLive;

    /// <summary>IPv4 identification; 0 for IPv6.</summary>
    public ushort Identification;

    /// <summary>TCP sequence number.</summary>
    public uint Sequence;

    /// <summary>TCP acknowledgment number.</summary>
    public uint Acknowledgment;

    /// <summary>TCP control bits.</summary>
    public TcpFlags Flags;

    /// <summary>TCP window as written, unscaled.</summary>
    public ushort Window;

    /// <summary>TCP options as they are.</summary>
    public ReadOnlySpan<byte> Options;

    /// <summary>The transport's payload as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>How long the payload was on the wire, in bytes; more than <see cref="Payload"/> holds where the frame was cut short.</summary>
    public int PayloadLength;

    /// <summary>Who sent the ICMP error.</summary>
    public IpAddress IcmpSender;

    /// <summary>What the ICMP error says.</summary>
    public IcmpError Icmp;

    /// <summary>IP protocol of this packet, or of the quoted one (6 TCP, 17 UDP).</summary>
    public byte Protocol;

    /// <summary>What is wrong, where <see cref="Kind"/> is <see cref="PacketKind.Broken"/>.</summary>
    public WireFault Fault;
}
