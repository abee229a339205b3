using System.Buffers.Binary;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>The checksums of IP, TCP, UDP and ICMP (RFC 1071), written anew.</summary>
internal static class InternetChecksum
{
    /// <summary>Writes the checksums of a packet. One that was cut cannot be summed: its transport has none.</summary>
    public static void Write(Span<byte> frame, PacketLayout at)
    {
        if (!at.IsIpv6) WriteHeader(frame[at.Ip..at.Transport]);
        var place = at.Transport + at.Protocol switch { 6 => 16, 17 => 6, _ => 2 };
        if (place + 2 > at.End) return;
        var isAbsent = at.Protocol == 17 && !at.IsIpv6 && frame[place] == 0 && frame[place + 1] == 0;
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

    /// <summary>Writes the checksum of an IPv4 header.</summary>
    public static void WriteHeader(Span<byte> header)
    {
        header.Slice(10, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(header[10..], Fold(Sum(header, 0)));
    }

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
