using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>What the first bytes of an EAPOL frame say; over the frame, which begins with its header.</summary>
internal readonly ref struct EapolFrame
{
    private readonly ReadOnlySpan<byte> bytes;

    /// <summary>Looks at the payload of a packet that is an EAPOL frame.</summary>
    public EapolFrame(ReadOnlySpan<byte> bytes) => this.bytes = bytes;

    /// <summary>True where a supplicant asks to be authenticated.</summary>
    public bool IsStart => bytes.Length > 1 && bytes[1] == Start;

    /// <summary>True where a supplicant leaves.</summary>
    public bool IsLogoff => bytes.Length > 1 && bytes[1] == Logoff;

    /// <summary>The EAP code; 0 where the frame carries no EAP packet, or was cut before it.</summary>
    public byte Code => bytes.Length >= ShortestEap && bytes[1] == EapBody ? bytes[4] : (byte)0;

    /// <summary>The EAP identifier.</summary>
    public byte Identifier => Code == 0 ? (byte)0 : bytes[5];

    /// <summary>The EAP type of a request or a response; 0 where there is none.</summary>
    public byte Type => Code is EapPacket.Request or EapPacket.Response && bytes.Length > ShortestEap ? bytes[8] : (byte)0;

    /// <summary>True where the supplicant sent it.</summary>
    public bool IsFromSupplicant => IsStart || IsLogoff || Code == EapPacket.Response;

    /// <summary>True where the authenticator sent it.</summary>
    public bool IsFromAuthenticator => Code is EapPacket.Request or EapPacket.Success or EapPacket.Failure;

    /// <summary>True for the question or the answer with which a conversation begins.</summary>
    public bool IsIdentity => Type == EapPacket.Identity;

    /// <summary>True for a packet of a method that carries TLS.</summary>
    public bool CarriesTls => new EapPacket(Code, Identifier, Type, default).CarriesTls;

    /// <summary>True where the EAP packet stops short of the length that it gives, or goes beyond it.</summary>
    public bool IsWrong => Code == 0 ? !IsStart && !IsLogoff : BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) < ShortestEap - HeaderLength;

    /// <summary>Bytes in front of the body.</summary>
    public const int HeaderLength = 4;

    private const int ShortestEap = 8;
    private const byte EapBody = 0;
    private const byte Start = 1;
    private const byte Logoff = 2;
}
