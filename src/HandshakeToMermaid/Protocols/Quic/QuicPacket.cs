// RFC 9000 section 17.2:
//   Long Header { Header Form (1) = 1, Fixed Bit (1), Long Packet Type (2), Type-Specific Bits (4), Version (32),
//     Destination Connection ID Length (8), Destination Connection ID (0..160), Source Connection ID Length (8), Source Connection ID (0..160), ... }
//   Initial: Token Length (i), Token, Length (i), Packet Number (8..32), Payload. Handshake and 0-RTT: Length (i), Packet Number, Payload.
//   Retry: Retry Token, Retry Integrity Tag (128). Version Negotiation (version 0): Supported Version (32) ...
//   Short Header: Header Form (1) = 0, ..., Destination Connection ID, Packet Number, Payload up to the end of the datagram.
using System.Buffers.Binary;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>One QUIC packet of a datagram, which may hold several; its number and payload are still protected.</summary>
internal readonly ref struct QuicPacket
{
    /// <summary>What it is for.</summary>
    public QuicPacketType Type { get; private init; }

    /// <summary>The version in a long header.</summary>
    public QuicVersion Version { get; private init; }

    /// <summary>The Destination Connection ID; empty in a short header, where only the receiver knows its length.</summary>
    public ReadOnlySpan<byte> Destination { get; private init; }

    /// <summary>Who sends it.</summary>
    public ReadOnlySpan<byte> Source { get; private init; }

    /// <summary>Where an Initial's token begins, in bytes from its start.</summary>
    public int TokenOffset { get; private init; }

    /// <summary>Bytes of the token; 0 where there is none.</summary>
    public int TokenLength { get; private init; }

    /// <summary>All its bytes, as far as they were captured.</summary>
    public ReadOnlySpan<byte> Bytes { get; private init; }

    /// <summary>Where the packet number begins; in a short header, where the connection id does.</summary>
    public int NumberOffset { get; private init; }

    /// <summary>True where the capture cut it short.</summary>
    public bool IsCut { get; private init; }

    /// <summary>Reads the next packet of a datagram; false where nothing there is one.</summary>
    /// <param name="rest">What is left of the datagram; moves behind the packet.</param>
    /// <param name="wireLength">What was left of it on the wire.</param>
    /// <param name="packet">The packet.</param>
    public static bool TryRead(ref ReadOnlySpan<byte> rest, scoped ref int wireLength, out QuicPacket packet)
    {
        packet = default;
        // Zeros fill a datagram up. The fixed bit may be anything where both sides agreed on that (RFC 9287): then a packet may begin with a zero too.
        if (rest.IsEmpty || (rest[0] == 0 && !rest.ContainsAnyExcept((byte)0))) return false;
        if ((rest[0] & LongHeader) == 0)
        {
            packet = new QuicPacket { Type = QuicPacketType.OneRtt, Bytes = rest, NumberOffset = 1, IsCut = wireLength > rest.Length };
            rest = default;
            return true;
        }

        var at = 5;
        if (rest.Length < at || !TryId(rest, ref at, out var destination) || !TryId(rest, ref at, out var source)) return false;
        var version = new QuicVersion(BinaryPrimitives.ReadUInt32BigEndian(rest[1..]));
        var type = version.IsNegotiation ? QuicPacketType.VersionNegotiation : version.TypeOf((rest[0] >> 4) & 3);
        var isWhole = type is QuicPacketType.VersionNegotiation or QuicPacketType.Retry;
        var length = wireLength - at;
        var (tokenOffset, tokenLength) = (0, 0);
        if (!isWhole)
        {
            if (type == QuicPacketType.Initial)
            {
                if (!VariableInteger.TryRead(rest, ref at, out var token) || token > (ulong)(wireLength - at)) return false;
                (tokenOffset, tokenLength) = (at, (int)token);
                at += (int)token;
            }

            if (at > rest.Length || !VariableInteger.TryRead(rest, ref at, out var declared) || declared > (ulong)(wireLength - at)) return false;
            length = (int)declared;
        }

        var end = at + length;
        packet = new QuicPacket
        {
            Type = type, Version = version, Destination = destination, Source = source, NumberOffset = at,
            TokenOffset = tokenOffset, TokenLength = tokenLength, Bytes = rest[..Math.Min(end, rest.Length)], IsCut = end > rest.Length,
        };
        rest = end < rest.Length ? rest[end..] : default;
        wireLength -= end;
        return true;
    }

    private static bool TryId(ReadOnlySpan<byte> bytes, scoped ref int at, out ReadOnlySpan<byte> id)
    {
        id = default;
        if (at >= bytes.Length || bytes[at] > LongestId || bytes.Length - at - 1 < bytes[at]) return false;
        id = bytes.Slice(at + 1, bytes[at]);
        at += 1 + id.Length;
        return true;
    }

    private const byte LongHeader = 0x80;
    private const int LongestId = 20;
}
