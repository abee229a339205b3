using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Packets.Network;
using HandshakeToMermaid.Packets.Transport;
using HandshakeToMermaid.Packets.Tunnels;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Decoding;

/// <summary>
/// Reads the link, network and transport headers of one frame after the other, and puts IP fragments together. The way
/// from Ethernet over IPv4 or IPv6 to TCP or UDP is the program's hottest: one length check a header, no allocation,
/// no virtual call. Everything else may take its time. Whatever wraps IP, link or tunnel, is an
/// <see cref="EncapsulationReader"/> that names the EtherType behind it, and goes on in <see cref="DecodeNetwork"/>;
/// what it is wrapped in, <see cref="Packet.Encapsulation"/> tells.
/// </summary>
internal sealed partial class PacketDecoder
{
    /// <summary>Starts with no fragment waiting.</summary>
    /// <param name="limits">The caps on fragments.</param>
    /// <param name="links">Which link types are read; see <c>LinkTypeCatalog.All</c>.</param>
    /// <param name="tunnels">Which tunnels are read; see <c>TunnelCatalog.All</c>.</param>
    public PacketDecoder(AnalyzerLimits limits, IReadOnlyList<LinkReader> links, IReadOnlyList<TunnelReader> tunnels)
    {
        fragments = new FragmentAssembler(limits);
        paths = new EncapsulationTable(limits.EncapsulationPaths);
        this.tunnels = new TunnelIndex(tunnels);
        longestFrame = limits.FrameBytes;
        deepest = limits.EncapsulationDepth;
        foreach (var link in links)
        {
            if (link.Type.Code >= linkReaders.Length) Array.Resize(ref linkReaders, link.Type.Code + 1);
            linkReaders[link.Type.Code] = link.Read;
        }
    }

    /// <summary>Frames whose link type is not read, by type.</summary>
    public IReadOnlyDictionary<LinkType, FrameTally> UnsupportedLinks => unsupportedLinks;

    /// <summary>What wraps packets that were not looked at.</summary>
    public IReadOnlyList<UnparsedEncapsulation> UnparsedEncapsulations => encapsulations.All;

    /// <summary>An EAPOL frame is of no conversation that is read.</summary>
    public void LeaveEapol(long frame) => encapsulations.EtherType(EtherType.Eapol, frame);

    /// <summary>Datagrams that wait for fragments now.</summary>
    public int FragmentedDatagramsWaiting => fragments.Waiting;

    /// <summary>Datagrams given up because <see cref="AnalyzerLimits.FragmentedDatagrams"/> others waited.</summary>
    public long FragmentedDatagramsPushedOut => fragments.PushedOut;

    /// <summary>
    /// Reads one frame. The packet lies over the frame's bytes, or over those of a reassembled datagram, and is valid
    /// until the next call. Never throws, whatever the bytes are.
    /// </summary>
    public void Decode(scoped in CapturedFrame frame, out Packet packet)
    {
        // Field by field: the compiler clears the whole with a loop, for a fifth of this method's time.
        packet.Mark = frame.Mark;
        packet.Encapsulation = null;
        packet.Source = default;
        packet.Destination = default;
        packet.Options = default;
        packet.Payload = default;
        packet.IcmpSender = default;
        packet.Icmp = default;
        packet.Fault = default;
        packet.Kind = PacketKind.Other;
        packet.Sequence = 0;
        packet.Acknowledgment = 0;
        packet.PayloadLength = 0;
        packet.Identification = 0;
        packet.Window = 0;
        packet.TimeToLive = 0;
        packet.Flags = TcpFlags.None;
        packet.Protocol = 0;
        depth = 0;
        nextSubframe = 0;
        isReassembled = false;
        var bytes = frame.Data;

        // A capture may claim less than it holds, or 4 GiB.
        var wireLength = (int)Math.Min(frame.OriginalLength, (uint)longestFrame);
        if (wireLength < bytes.Length) wireLength = bytes.Length;

        if (frame.Link.Code == EthernetCode && bytes.Length >= EthernetLength)
        {
            var type = NetworkOrder.U16(ref NetworkOrder.At(bytes, 0), 12);
            if (type == EtherType.Ipv4)
            {
                DecodeIpv4(ref packet, bytes, EthernetLength, wireLength);
                return;
            }

            if (type == EtherType.Ipv6)
            {
                DecodeIpv6(ref packet, bytes, EthernetLength, wireLength);
                return;
            }
        }

        DecodeLink(ref packet, frame.Link, bytes, wireLength);
    }

    /// <summary>True where the frame holds another packet: an A-MSDU does.</summary>
    public bool HasNext => nextSubframe > 0;

    /// <summary>Reads the next packet of the frame that was read last; see <see cref="HasNext"/>.</summary>
    public void DecodeNext(scoped in CapturedFrame frame, out Packet packet)
    {
        packet = new Packet { Mark = frame.Mark, Encapsulation = subframesPath };
        depth = 0;
        DecodeSubframe(ref packet, frame.Data[..subframesEnd], nextSubframe, subframesEnd);
    }

    private void DecodeLink(ref Packet packet, LinkType link, ReadOnlySpan<byte> bytes, int wireLength)
    {
        if (link.Code >= linkReaders.Length || linkReaders[link.Code] is not { } read)
        {
            packet.Kind = PacketKind.UnsupportedLink;
            ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(unsupportedLinks, link, out _);
            tally = tally.And(packet.Mark.Frame);
            return;
        }

        (sourceAt, destinationAt) = (0, -1);
        var header = read(bytes);
        if (header.Fault.IsFault) packet.Break(header.Fault.Kind, header.Fault.Offset, header.Fault.Field);
        else if (header.HeaderLength > bytes.Length) packet.EndInside("link header", bytes.Length, wireLength);
        else if (header.Name is null || Enter(ref packet, header, default, 0)) DecodeInner(ref packet, header, bytes, 0, wireLength);
    }

    private void DecodeNetwork(ref Packet packet, ushort type, ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        switch (type)
        {
            case EtherType.Ipv4:
                DecodeIpv4(ref packet, bytes, offset, wireLength);
                break;
            case EtherType.Ipv6:
                DecodeIpv6(ref packet, bytes, offset, wireLength);
                break;
            case EtherType.Ethernet:
                DecodeInner(ref packet, EthernetHeader.Read(bytes[offset..]), bytes, offset, wireLength);
                break;
            case EtherType.Ieee80211:
                DecodeInner(ref packet, Ieee80211Header.Read(bytes[offset..]), bytes, offset, wireLength);
                break;
            case EtherType.Ppp:
                DecodeInner(ref packet, PppHeader.Read(bytes[offset..]), bytes, offset, wireLength);
                break;
            case EtherType.AggregateMsdu:
                DecodeSubframe(ref packet, bytes, offset, wireLength);
                break;
            case EtherType.Eapol when DecodeEapol(ref packet, bytes, offset, wireLength):
                break;
            default:
                if (tunnels.OfEtherType(type) is { } read) DecodeTag(ref packet, read(bytes[offset..]), type, bytes, offset, wireLength);
                else if (!encapsulations.Hidden(type, packet.Mark.Frame)) encapsulations.EtherType(type, packet.Mark.Frame);
                break;
        }
    }

    private void DecodeIpv4(ref Packet packet, ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        if (!Ipv4Header.TryRead(ref packet, bytes, offset, wireLength, out var payload)) return;
        if (payload.IsFragment) DecodeFragment(ref packet, bytes, payload, isIpv6: false);
        else if (payload.Protocol == IpProtocol.Tcp) TcpHeader.Read(ref packet, bytes, payload);
        else DecodeTransport(ref packet, bytes, ref payload);
    }

    private void DecodeIpv6(ref Packet packet, ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        if (!Ipv6Header.TryRead(ref packet, bytes, offset, wireLength, out var payload)) return;
        if (payload.IsFragment) DecodeFragment(ref packet, bytes, payload, isIpv6: true);
        else if (payload.Protocol == IpProtocol.Tcp) TcpHeader.Read(ref packet, bytes, payload);
        else DecodeTransport(ref packet, bytes, ref payload);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DecodeFragment(ref Packet packet, ReadOnlySpan<byte> bytes, IpPayload payload, bool isIpv6)
    {
        packet.Kind = PacketKind.Fragment;
        if (fragments.Add(ref packet, bytes, ref payload, isIpv6, out var whole) != FragmentProgress.Whole) return;
        packet.Kind = PacketKind.Other;
        isReassembled = true;
        if (isIpv6 && !Ipv6Extensions.TrySkip(ref packet, whole, ref payload)) return;
        if (payload.IsFragment) packet.Break(FaultKind.BadValue, payload.Start, "Fragment Offset"); // a fragment of fragments
        else DecodeTransport(ref packet, whole, ref payload);
    }

    private void DecodeTransport(ref Packet packet, ReadOnlySpan<byte> bytes, ref IpPayload payload)
    {
        switch (payload.Protocol)
        {
            case IpProtocol.Tcp:
                TcpHeader.Read(ref packet, bytes, payload);
                break;
            case IpProtocol.Udp:
                UdpHeader.Read(ref packet, bytes, payload);
                if (packet.Kind == PacketKind.Udp) DecodeDatagram(ref packet, bytes, payload);
                break;
            case IpProtocol.Icmp or IpProtocol.Icmpv6:
                IcmpMessage.Read(ref packet, bytes, payload);
                break;
            case IpProtocol.AuthenticationHeader: // in IPv4; IPv6 has stepped over it
                if (Ipv6Extensions.TrySkip(ref packet, bytes, ref payload) && !payload.IsFragment) DecodeTransport(ref packet, bytes, ref payload);
                break;
            default:
                DecodeProtocol(ref packet, bytes, payload);
                break;
        }
    }

    private readonly FragmentAssembler fragments;
    private readonly EncapsulationTally encapsulations = new();
    private readonly int longestFrame;
    private EncapsulationReader?[] linkReaders = [];
    private readonly Dictionary<LinkType, FrameTally> unsupportedLinks = [];

    /// <summary>LINKTYPE_ETHERNET as a constant: a static field costs a check on the hot path.</summary>
    private const ushort EthernetCode = 1;

    private const int EthernetLength = 14;
}
