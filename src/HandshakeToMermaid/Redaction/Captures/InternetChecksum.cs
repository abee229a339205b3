using System.Buffers.Binary;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>The checksums of IP, TCP, UDP and ICMP (RFC 1071), written anew.</summary>
internal static class InternetChecksum
{
    /// <summary>Writes the checksum of a packet's transport. One that was cut cannot be summed: it has none, as has a datagram that had none before.</summary>
    public static void Write(Span<byte> frame, PacketLayout at)
    {
        var place = at.Transport + at.Protocol switch { 6 => 16, 17 => 6, _ => 2 };
        if (place + 2 > at.End) return;
        var isAbsent = at.Protocol == 17 && frame[place] == 0 && frame[place + 1] == 0;
        frame.Slice(place, 2).Clear();
        if (!at.IsWhole || isAbsent) return;
        var sum = Sum(frame[at.Transport..at.End], 0);
        if (at.Protocol != 1)
        {
            sum = Sum(at.IsIpv6 ? frame.Slice(at.Ip + 8, 32) : frame.Slice(at.Ip + 12, 8), sum);
            sum += at.Protocol + (uint)(at.End - at.Transport);
        }

        var folded = Fold(sum);
        BinaryPrimitives.WriteUInt16BigEndian(frame[place..], folded == 0 && at.Protocol == 17 ? (ushort)0xFFFF : folded);
    }

    /// <summary>Writes the checksum of some bytes at its place among them.</summary>
    public static void Write(Span<byte> bytes, int place)
    {
        bytes.Slice(place, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(bytes[place..], Fold(Sum(bytes, 0)));
    }

    /// <summary>Where an IPv4 header has its checksum.</summary>
    public const int PlaceInIpv4 = 10;

    private static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
            if (sum > 0xFFFF_0000) sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return bytes.Length % 2 == 0 ? sum : sum + ((uint)bytes[^1] << 8);
    }

    private static ushort Fold(uint sum)
    {
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
