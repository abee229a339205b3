using System.Buffers.Binary;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Packets.Tunnels;

// RFC 3032 section 2.1, one or more entries:
//
//   label (20 bits) | traffic class (3) | bottom of stack (1) | time to live (8)
//
// No field says what follows. Its first four bits are 4 or 6 for IP (RFC 4928 section 3), 0 for the control word of a pseudowire
// (RFC 4385 section 3), behind which Ethernet is expected here; without a control word Ethernet begins with an address,
// whose first four bits may be anything.

/// <summary>A stack of MPLS labels.</summary>
internal static class MplsStack
{
    /// <summary>Reads the labels. The identifier is the innermost one, which stands for the customer.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; ; at += EntryLength)
        {
            if (bytes.Length < at + EntryLength) return new(at + EntryLength, EtherType.None);
            if (at == MaxLabels * EntryLength) return new(at, EtherType.None, new WireFault(FaultKind.TooLong, at, "MPLS label stack"));
            var entry = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if ((entry & BottomOfStack) == 0) continue;
            return Payload(bytes, at + EntryLength) with { Name = "mpls", Id = entry >> 12 };
        }
    }

    private static Encapsulation Payload(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes.Length <= at) return new(at + 1, EtherType.None);

        var first = bytes[at] >> 4;
        if (first is 4 or 6 && !IsEthernet(bytes, at))
        {
            var type = first == 4 ? EtherType.Ipv4 : EtherType.Ipv6;
            if (InnerPacket.IsSound(bytes, at, type, int.MaxValue) || bytes.Length >= at + ToTell) return new(at, type);
            return new(at + ToTell, EtherType.None);
        }

        if (first == 0 && IsEthernet(bytes, at + ControlWord)) return new(at + ControlWord, EtherType.Ethernet);
        if (IsEthernet(bytes, at)) return new(at, EtherType.Ethernet);
        return new(at, EtherType.None) { IsUnread = true };
    }

    /// <summary>True where a whole IP header stands behind what would be an Ethernet header.</summary>
    private static bool IsEthernet(ReadOnlySpan<byte> bytes, int at) => InnerPacket.IsSound(bytes, at, EtherType.Ethernet, int.MaxValue);

    private const int EntryLength = 4;
    private const int ControlWord = 4;

    /// <summary>Ethernet with two VLAN tags and an IPv6 header: what must be captured to tell an address from the beginning of IP.</summary>
    private const int ToTell = 14 + (2 * 4) + 40;

    private const uint BottomOfStack = 0x100;

    /// <summary>Real stacks hold two to five.</summary>
    private const int MaxLabels = 16;
}
