using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

// IEEE 802.11 section 9.3.2.2.2: destination (6) | source (6) | length (2) | LLC and data | padding to 4 bytes, except behind the last.

/// <summary>One of several frames in an A-MSDU.</summary>
internal static class AggregateMsdu
{
    /// <summary>Reads the subframe that begins here. Its end is that of its data; the next one begins at a multiple of four bytes.</summary>
    public static Encapsulation Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength) return new(HeaderLength, EtherType.None);
        var end = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]);
        return LlcHeader.Read(bytes, HeaderLength) with { End = end, SourceAt = 6, DestinationAt = 0 };
    }

    /// <summary>Where the next subframe begins.</summary>
    public static int Next(int end) => (end + 3) & ~3;

    private const int HeaderLength = 14;
}
