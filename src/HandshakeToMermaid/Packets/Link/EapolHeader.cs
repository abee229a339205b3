// IEEE 802.1X-2010 section 11.3: struct { uint8 Protocol Version; uint8 Packet Type; uint16 Packet Body Length; opaque Packet Body }
using System.Buffers.Binary;

namespace HandshakeToMermaid.Packets.Link;

/// <summary>The header of an EAPOL frame.</summary>
internal static class EapolHeader
{
    /// <summary>
    /// Reads a frame that carries EAP, begins it or ends it; false for keys, MACsec key agreement and announcements, and for what is no EAPOL frame. Its payload begins with this
    /// header, and what the link filled it up with is cut off.
    /// </summary>
    /// <param name="packet">Receives it.</param>
    /// <param name="bytes">The frame.</param>
    /// <param name="offset">Where the header begins.</param>
    /// <param name="wireLength">Bytes of the frame on the wire.</param>
    public static bool TryRead(ref Packet packet, ReadOnlySpan<byte> bytes, int offset, int wireLength)
    {
        if (bytes.Length < offset + Length) return false;
        var header = bytes[offset..];
        var length = Length + BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
        if (header[0] is < 1 or > LastVersion || header[1] > Logoff || offset + length > wireLength) return false;
        if (header[1] == EapPacket && length < Length + ShortestEap) return false;
        packet.Kind = PacketKind.Eapol;
        packet.Payload = header[..Math.Min(header.Length, length)];
        packet.PayloadLength = length;
        return true;
    }

    /// <summary>True for an EAPOL frame beyond doubt: one whose EAP packet fills it.</summary>
    /// <param name="bytes">The frame, as far as it was captured.</param>
    /// <param name="room">Bytes that there are for it on the wire.</param>
    public static bool IsSound(ReadOnlySpan<byte> bytes, int room)
    {
        var packet = default(Packet);
        if (!TryRead(ref packet, bytes, 0, room)) return false;
        return bytes[1] != EapPacket ? packet.PayloadLength == Length : bytes.Length >= Length + ShortestEap && BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) == packet.PayloadLength - Length;
    }

    /// <summary>Bytes of the header.</summary>
    private const int Length = 4;

    /// <summary>The body is an EAP packet.</summary>
    private const byte EapPacket = 0;

    /// <summary>The last of the types that are read; 1 is EAPOL-Start.</summary>
    private const byte Logoff = 2;

    /// <summary>IEEE 802.1X-2001, -2004, and -2010 with its successors.</summary>
    private const byte LastVersion = 3;

    /// <summary>RFC 3748 section 4.</summary>
    private const int ShortestEap = 4;
}
