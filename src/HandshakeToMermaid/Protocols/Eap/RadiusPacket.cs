// RFC 2865 section 3: struct { uint8 Code; uint8 Identifier; uint16 Length; opaque Authenticator[16]; Attribute { uint8 Type; uint8 Length; Value } ... }
// RFC 3579 section 3.1: an EAP packet longer than 253 bytes stands in several EAP-Message attributes (79), in order.
using System.Buffers.Binary;
using System.Globalization;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>What is read of a RADIUS packet. User names and all other attributes are passed over.</summary>
/// <param name="Code">1 is Access-Request, 2 Access-Accept, 3 Access-Reject, 11 Access-Challenge.</param>
/// <param name="Identifier">Matches an answer with its request.</param>
/// <param name="Station">Calling-Station-Id as a link-layer address, "02:00:00:00:00:01"; null where there is none, or another form of number.</param>
/// <param name="Eap">The EAP packet; empty where there is none.</param>
internal readonly record struct RadiusPacket(byte Code, byte Identifier, string? Station, ReadOnlyMemory<byte> Eap)
{
    /// <summary>Reads a datagram; false where it is no whole RADIUS packet of an authentication.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out RadiusPacket packet)
    {
        packet = default;
        if (datagram.Length < HeaderLength || datagram[0] is not (AccessRequest or AccessAccept or AccessReject or AccessChallenge)) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]);
        if (length < HeaderLength || length > MaxLength || length != datagram.Length) return false;
        string? station = null;
        var eap = new byte[length];
        var held = 0;
        for (var rest = datagram[HeaderLength..]; rest.Length > 0; rest = rest[rest[1]..])
        {
            if (rest.Length < 2 || rest[1] < 2 || rest[1] > rest.Length) return false;
            var value = rest[2..rest[1]];
            if (rest[0] == CallingStationId) station = StationIn(value);
            if (rest[0] != EapMessage) continue;
            value.CopyTo(eap.AsSpan(held));
            held += value.Length;
        }

        packet = new RadiusPacket(datagram[0], datagram[1], station, eap.AsMemory(0, held));
        return true;
    }

    /// <summary>RFC 3580 section 3.21: "00-10-A4-23-19-C0"; some authenticators write other separators, or none.</summary>
    private static string? StationIn(ReadOnlySpan<byte> value)
    {
        var digits = new char[12];
        var count = 0;
        foreach (var b in value)
        {
            if (b is (byte)'-' or (byte)':' or (byte)'.') continue;
            if (!char.IsAsciiHexDigit((char)b) || count == digits.Length) return null;
            digits[count++] = char.ToLower((char)b, CultureInfo.InvariantCulture);
        }

        if (count < digits.Length) return null;
        return string.Create(17, new string(digits), static (text, all) =>
        {
            text.Fill(':');
            for (var i = 0; i < all.Length; i++) text[i + (i / 2)] = all[i];
        });
    }

    /// <summary>From the authenticator: asks whether a station may enter.</summary>
    public const byte AccessRequest = 1;

    /// <summary>From the server: it may.</summary>
    public const byte AccessAccept = 2;

    /// <summary>From the server: it may not.</summary>
    public const byte AccessReject = 3;

    /// <summary>From the server: the next packet of the conversation.</summary>
    public const byte AccessChallenge = 11;

    private const byte CallingStationId = 31;
    private const byte EapMessage = 79;
    private const int HeaderLength = 20;
    private const int MaxLength = 4096;
}
