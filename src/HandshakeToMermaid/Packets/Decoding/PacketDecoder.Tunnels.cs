using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Packets.Transport;
using HandshakeToMermaid.Packets.Tunnels;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Decoding;

/// <content>What goes on inside of tags and tunnels, away from the hot path.</content>
internal sealed partial class PacketDecoder
{
    private void DecodeTag(ref Packet packet, in Encapsulation header, ushort type, ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        if (header.IsUnread) encapsulations.EtherType(type, packet.Mark.Frame);
        else if (Enter(ref packet, header, default, offset)) DecodeInner(ref packet, header, bytes, offset, wireLength);
    }

    /// <summary>Goes on behind a header that was read at <paramref name="offset"/>.</summary>
    private void DecodeInner(ref Packet packet, in Encapsulation header, ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        if (header.Fault.IsFault)
        {
            packet.Break(header.Fault.Kind, offset + header.Fault.Offset, header.Fault.Field);
            return;
        }

        if (header.End is { } end && offset + end < wireLength)
        {
            wireLength = offset + end;
            if (bytes.Length > wireLength) bytes = bytes[..wireLength];
        }

        if (header.SourceAt > 0) (sourceAt, destinationAt) = (offset + header.SourceAt, header.DestinationAt < 0 ? -1 : offset + header.DestinationAt);
        var at = offset + header.HeaderLength;
        if (at > bytes.Length) packet.EndInside("tunnel header", bytes.Length, wireLength);
        else DecodeNetwork(ref packet, header.EtherType, bytes, at, wireLength);
    }

    /// <summary>EAPOL has no addresses but those of the link; where its capture shows none it is not read.</summary>
    private bool DecodeEapol(ref Packet packet, ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        if (sourceAt == 0 || sourceAt + LinkAddressLength > offset || destinationAt + LinkAddressLength > offset) return false;
        if (!EapolHeader.TryRead(ref packet, bytes, offset, wireLength)) return false;
        packet.Source = new IpEndpoint(IpAddress.FromLinkLayer(bytes.Slice(sourceAt, LinkAddressLength)), 0);
        packet.Destination = new IpEndpoint(destinationAt < 0 ? default : IpAddress.FromLinkLayer(bytes.Slice(destinationAt, LinkAddressLength)), 0);
        return true;
    }

    private void DecodeSubframe(ref Packet packet, ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        var header = AggregateMsdu.Read(bytes[offset..]);
        var next = header.End is { } end ? offset + AggregateMsdu.Next(end) : 0;
        nextSubframe = next + ShortestSubframe <= bytes.Length && !isReassembled ? next : 0;
        (subframesEnd, subframesPath) = (bytes.Length, packet.Encapsulation);
        DecodeInner(ref packet, header, bytes, offset, wireLength);
    }

    /// <summary>Notes the layer that a packet is in from here on; false where there are too many.</summary>
    private bool Enter(ref Packet packet, in Encapsulation header, (IpAddress One, IpAddress Other) ends, int offset)
    {
        if (++depth > deepest) return packet.Break(FaultKind.TooLong, offset, "encapsulation");
        if (header.Name is { } name) packet.Encapsulation = paths.Inside(packet.Encapsulation, EncapsulationLayer.Between(name, header.Id, ends.One, ends.Other));
        return true;
    }

    /// <summary>A datagram is a tunnel where its port, its header and the packet inside say so; it stays a datagram elsewhere.</summary>
    private void DecodeDatagram(ref Packet packet, ReadOnlySpan<byte> bytes, in IpPayload payload)
    {
        if (tunnels.OfUdpPorts(packet.Source.Port, packet.Destination.Port) is not { } read)
        {
            encapsulations.UdpPort(packet.Source.Port, packet.Destination.Port, packet.Mark.Frame);
            return;
        }

        var header = read(packet.Payload);
        if (header.IsNotThis || header.Fault.IsFault || header.End > packet.PayloadLength || header.HeaderLength > packet.Payload.Length) return;
        if (HiddenIn(header, packet.Payload) is { } hidden)
        {
            encapsulations.Hidden(hidden, packet.Mark.Frame);
            packet.Kind = PacketKind.Other;
            return;
        }

        if (!InnerPacket.IsSound(packet.Payload, header.HeaderLength, header.EtherType, header.End ?? packet.PayloadLength)) return;
        DecodeTunnel(ref packet, header, bytes, payload.Start + UdpHeader.Length, packet.PayloadLength);
    }

    private void DecodeProtocol(ref Packet packet, ReadOnlySpan<byte> bytes, in IpPayload payload)
    {
        if (payload.Start > bytes.Length) return;
        var inner = bytes[payload.Start..Math.Min(bytes.Length, payload.Start + payload.Length)];
        var header = tunnels.OfIpProtocol(payload.Protocol)?.Invoke(inner) ?? Encapsulation.NotThis;
        if (header.IsNotThis || header.IsUnread) encapsulations.IpProtocol(payload.Protocol, packet.Mark.Frame);
        else DecodeTunnel(ref packet, IpInIp.Named(header, packet.Source.Address.IsIpv4), bytes, payload.Start, payload.Length);
    }

    /// <summary>Goes on inside a tunnel over IP, of which nothing but its ends is kept.</summary>
    private void DecodeTunnel(ref Packet packet, in Encapsulation header, ReadOnlySpan<byte> bytes, int start, int length)
    {
        if (!Enter(ref packet, header, (packet.Source.Address, packet.Destination.Address), start)) return;
        (sourceAt, destinationAt) = (0, -1);
        packet.Kind = PacketKind.Other;
        packet.Identification = 0;
        packet.Payload = default;
        packet.PayloadLength = 0;
        DecodeInner(ref packet, header, bytes[..Math.Min(bytes.Length, start + length)], start, start + length);
    }

    private static ushort? HiddenIn(in Encapsulation header, ReadOnlySpan<byte> bytes)
    {
        if (header.EtherType is EtherType.ProtectedCapwap or EtherType.FrameFragment or EtherType.HiddenPpp) return header.EtherType;
        if (header.EtherType != EtherType.Ieee80211) return null;
        var inner = Ieee80211Header.Read(bytes[header.HeaderLength..]).EtherType;
        return inner is EtherType.ProtectedIeee80211 or EtherType.FrameFragment ? inner : null;
    }

    private readonly EncapsulationTable paths;
    private readonly TunnelIndex tunnels;
    private readonly int deepest;
    private int depth;

    /// <summary>Where the addresses of the innermost link header are: 0 and -1 where there are none.</summary>
    private int sourceAt;

    private int destinationAt = -1;

    /// <summary>True while the bytes are those of a reassembled datagram and not of the frame.</summary>
    private bool isReassembled;

    /// <summary>Where the next packet of the frame begins; 0 where there is none.</summary>
    private int nextSubframe;

    private int subframesEnd;
    private EncapsulationPath? subframesPath;

    /// <summary>Bytes of an IEEE 802 address.</summary>
    private const int LinkAddressLength = 6;

    /// <summary>Header, LLC with SNAP, and an IPv4 header.</summary>
    private const int ShortestSubframe = 42;
}
