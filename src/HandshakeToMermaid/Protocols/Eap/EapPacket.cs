// RFC 3748 section 4: struct { uint8 Code; uint8 Identifier; uint16 Length; uint8 Type; opaque Type-Data }, RFC 5216 section 3.1 for EAP-TLS:
//   Flags { Length included (1), More fragments (1), Start (1), Reserved (5) }, [TLS Message Length (32)], TLS Data
// RFC 7170 section 4.1: TEAP has a flag for outer TLVs, whose length (32) follows the one of TLS; they stand behind the TLS data.
using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>An EAP packet.</summary>
/// <param name="Code">1 is Request, 2 Response, 3 Success, 4 Failure.</param>
/// <param name="Identifier">Matches a response with its request.</param>
/// <param name="Type">The method: 1 is Identity, 13 EAP-TLS; 0 in Success and Failure.</param>
/// <param name="Data">What follows the type.</param>
internal readonly record struct EapPacket(byte Code, byte Identifier, byte Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>Reads a packet; false where it is none.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out EapPacket packet)
    {
        packet = default;
        var span = bytes.Span;
        if (span.Length < 4 || span[0] is < Request or > Failure || BinaryPrimitives.ReadUInt16BigEndian(span[2..]) != span.Length) return false;
        if (span[0] is Success or Failure)
        {
            packet = new EapPacket(span[0], span[1], 0, default);
            return span.Length == 4;
        }

        if (span.Length < 5) return false;
        packet = new EapPacket(span[0], span[1], span[4], bytes[5..]);
        return true;
    }

    /// <summary>True for a method that carries TLS in the form of EAP-TLS: that one, EAP-TTLS (RFC 5281), PEAP, EAP-FAST (RFC 4851), TEAP (RFC 7170).</summary>
    public bool CarriesTls => Type is 13 or 21 or 25 or 43 or Teap;

    /// <summary>The method's name; "EAP" for one that does not carry TLS.</summary>
    public string Method => Type switch { 13 => "EAP-TLS", 21 => "EAP-TTLS", 25 => "PEAP", 43 => "EAP-FAST", Teap => "TEAP", _ => "EAP" };

    /// <summary>True for the server's first packet of the method, which carries no TLS yet.</summary>
    public bool IsStart => CarriesTls && Has(StartFlag);

    /// <summary>True where another fragment of the same TLS data follows.</summary>
    public bool HasMore => CarriesTls && Has(MoreFlag);

    /// <summary>Bytes of the TLS data of all fragments together, as the first of them says; null where the packet does not say it.</summary>
    public uint? TotalLength => CarriesTls && Has(LengthFlag) && Data.Length >= 5 ? BinaryPrimitives.ReadUInt32BigEndian(Data.Span[1..]) : null;

    /// <summary>The TLS data of this fragment; empty for an acknowledgment.</summary>
    public ReadOnlyMemory<byte> Tls
    {
        get
        {
            if (!CarriesTls || Data.IsEmpty || IsStart) return default;
            var skipped = Has(LengthFlag) ? 5 : 1;
            var after = 0L;
            if (Type == Teap && Has(OuterFlag))
            {
                if (Data.Length < skipped + 4) return default;
                after = BinaryPrimitives.ReadUInt32BigEndian(Data.Span[skipped..]);
                skipped += 4;
            }

            return Data.Length - skipped < after ? default : Data[skipped..(int)(Data.Length - after)];
        }
    }

    private bool Has(byte flag) => Data.Length > 0 && (Data.Span[0] & flag) != 0;

    /// <summary>From the server.</summary>
    public const byte Request = 1;

    /// <summary>From the peer.</summary>
    public const byte Response = 2;

    /// <summary>The peer is authenticated.</summary>
    public const byte Success = 3;

    /// <summary>It is not.</summary>
    public const byte Failure = 4;

    /// <summary>The type with which a conversation begins.</summary>
    public const byte Identity = 1;

    /// <summary>The type with which a peer refuses a method.</summary>
    public const byte Nak = 3;

    private const byte Teap = 55;
    private const byte LengthFlag = 0x80;
    private const byte MoreFlag = 0x40;
    private const byte StartFlag = 0x20;
    private const byte OuterFlag = 0x10;
}
