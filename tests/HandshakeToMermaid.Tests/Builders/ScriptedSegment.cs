using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>A TCP segment (or an ICMP error that quotes one) that a test can keep, reorder and change.</summary>
internal sealed record ScriptedSegment
{
    public required IpEndpoint Source { get; init; }

    public required IpEndpoint Destination { get; init; }

    public FrameMark Mark { get; init; }

    public uint Sequence { get; init; }

    public uint Acknowledgment { get; init; }

    public TcpFlags Flags { get; init; }

    public byte[] Payload { get; init; } = [];

    /// <summary>Length on the wire; -1 where nothing was cut off.</summary>
    public int PayloadLength { get; init; } = -1;

    public ushort Window { get; init; } = 65_535;

    public byte[] Options { get; init; } = [];

    public byte TimeToLive { get; init; } = 64;

    public ushort Identification { get; init; }

    /// <summary>The tunnels and VLAN tags around it; null for none.</summary>
    public EncapsulationPath? Encapsulation { get; init; }

    /// <summary>Set for an ICMP error; addresses, ports and sequence are then those of the quoted segment.</summary>
    public IcmpError? Icmp { get; init; }

    public IpAddress IcmpSender { get; init; }

    /// <summary>The packet as the decoder would give it.</summary>
    public Packet ToPacket() => new()
    {
        Kind = Icmp is null ? PacketKind.Tcp : PacketKind.IcmpError,
        Mark = Mark,
        Encapsulation = Encapsulation,
        Source = Source,
        Destination = Destination,
        TimeToLive = TimeToLive,
        Identification = Identification,
        Sequence = Sequence,
        Acknowledgment = Acknowledgment,
        Flags = Flags,
        Window = Window,
        Options = Options,
        Payload = Payload,
        PayloadLength = PayloadLength < 0 ? Payload.Length : PayloadLength,
        Icmp = Icmp ?? default,
        IcmpSender = IcmpSender,
        Protocol = 6,
    };
}
