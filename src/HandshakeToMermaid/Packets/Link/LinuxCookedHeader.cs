using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// LINKTYPE_LINUX_SLL, what "any" captured before libpcap 1.10:
//
//   packet type (2) | ARPHRD_ type (2) | address length (2) | address (8) | protocol (2)
//
// The protocol is an EtherType except for the few values of linux/if_ether.h below 0x0600, of which only
// 802.2 LLC can carry IP. Netlink messages put their own numbers there.

/// <summary>The Linux cooked header, version 1.</summary>
internal static class LinuxCookedHeader
{
    /// <summary>Reads the header, and LLC after it.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length) return new(Length, EtherType.None);
        var hasAddress = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) == LinkAddressLength;
        return ReadProtocol(bytes, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]), Length) with { SourceAt = hasAddress ? 6 : 0 };
    }

    /// <summary>The payload at <paramref name="next"/> for <paramref name="protocol"/>, the same in both versions.</summary>
    internal static Encapsulation ReadProtocol(ReadOnlySpan<byte> bytes, ushort hardware, ushort protocol, int next)
    {
        if (hardware == Netlink) return new(next, EtherType.None);
        if (protocol == Llc) return LlcHeader.Read(bytes, next);
        return new(next, protocol > EtherType.LongestLength ? protocol : EtherType.None);
    }

    /// <summary>Bytes of an IEEE 802 address.</summary>
    internal const int LinkAddressLength = 6;

    private const int Length = 16;
    private const ushort Llc = 4;
    private const ushort Netlink = 824;
}
