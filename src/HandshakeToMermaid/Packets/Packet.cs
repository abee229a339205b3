using System.Runtime.CompilerServices;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets;

/// <summary>
/// The headers of one frame, over the reader's own buffer: valid until the next frame is read. Which fields are set
/// depends on <see cref="Kind"/>; of a packet that is broken or cut short, what could be read before. For <see cref="PacketKind.IcmpError"/> the addresses, ports and
/// <see cref="Sequence"/> are those of the quoted packet (ports are 0 where it quotes none), and
/// <see cref="IcmpSender"/> is who complains. A reassembled datagram has the mark of the frame that completed it.
/// </summary>
internal ref struct Packet
{
    /// <summary>What the frame holds.</summary>
    public PacketKind Kind;

    /// <summary>Which frame.</summary>
    public FrameMark Mark;

    /// <summary>The tunnels and VLAN tags around it; null for most packets, which have none.</summary>
    public EncapsulationPath? Encapsulation;

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

    /// <summary>TCP options as they are, as far as they were captured; <see cref="Transport.TcpOptions"/> walks them.</summary>
    public ReadOnlySpan<byte> Options;

    /// <summary>The transport's payload, or an EAPOL frame, as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>
    /// How long the payload was on the wire by the length that IP gives, in bytes; more than <see cref="Payload"/> holds
    /// where the snap length, or the switch that mirrored the traffic, cut the frame.
    /// </summary>
    public int PayloadLength;

    /// <summary>Who sent the ICMP error.</summary>
    public IpAddress IcmpSender;

    /// <summary>The ICMP error.</summary>
    public IcmpError Icmp;

    /// <summary>IP protocol of this packet, or of the quoted one (6 TCP, 17 UDP).</summary>
    public byte Protocol;

    /// <summary>What is wrong, where <see cref="Kind"/> is <see cref="PacketKind.Broken"/>.</summary>
    public WireFault Fault;

    /// <summary>Adds the ports to the addresses, which are copied half by half as they were just written: a load over two fresh stores stalls.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetPorts(ushort source, ushort destination)
    {
        Source = new IpEndpoint(new IpAddress(Source.Address.High, Source.Address.Low), source);
        Destination = new IpEndpoint(new IpAddress(Destination.Address.High, Destination.Address.Low), destination);
    }

    /// <summary>Notes headers that contradict themselves; false, so that a decoder can end with it.</summary>
    internal bool Break(FaultKind kind, int offset, string field)
    {
        Kind = PacketKind.Broken;
        Fault = new WireFault(kind, offset, field);
        return false;
    }

    /// <summary>Notes that the snap length cut a header whose length is known; false, so that a decoder can end with it.</summary>
    internal bool CutOff()
    {
        Kind = PacketKind.CutShort;
        return false;
    }

    /// <summary>Notes that the frame ends inside a header: cut by the snap length, or never longer on the wire.</summary>
    internal bool EndInside(string header, int capturedLength, int wireLength) =>
        capturedLength < wireLength ? CutOff() : Break(FaultKind.Short, capturedLength, header);
}
