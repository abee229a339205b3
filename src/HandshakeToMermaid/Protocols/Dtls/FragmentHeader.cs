// RFC 6347 section 4.2.2:
//   struct { HandshakeType msg_type; uint24 length; uint16 message_seq; uint24 fragment_offset; uint24 fragment_length; opaque body[fragment_length]; } Handshake;
using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Dtls;

/// <summary>Which part of which handshake message a fragment is.</summary>
/// <param name="Type">The message's type.</param>
/// <param name="Length">The whole message's body, in bytes.</param>
/// <param name="Sequence">The message's number, from 0 in each direction.</param>
/// <param name="Offset">Where in the body it stands.</param>
/// <param name="FragmentLength">How many bytes of the body it holds.</param>
internal readonly record struct FragmentHeader(byte Type, int Length, ushort Sequence, int Offset, int FragmentLength)
{
    public const int Size = 12;

    /// <summary>True where it does not contradict itself.</summary>
    public bool IsSane => Offset + FragmentLength <= Length && (FragmentLength > 0 || Length == 0);

    /// <summary>Reads a header; false where the bytes end before.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FragmentHeader header)
    {
        header = default;
        if (bytes.Length < Size) return false;
        header = new FragmentHeader(bytes[0], Wide(bytes[1..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), Wide(bytes[6..]), Wide(bytes[9..]));
        return true;
    }

    private static int Wide(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
}
