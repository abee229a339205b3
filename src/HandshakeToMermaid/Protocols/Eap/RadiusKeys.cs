using System.Buffers.Binary;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>By what the RADIUS packets of one conversation are told from those of another; over the datagram.</summary>
internal readonly ref struct RadiusKeys
{
    /// <summary>True for an Access-Request.</summary>
    public bool IsRequest { get; private init; }

    /// <summary>Matches an answer with its request.</summary>
    public byte Identifier { get; private init; }

    /// <summary>Of a request: random, and equal where it was sent again.</summary>
    public ReadOnlySpan<byte> Authenticator { get; private init; }

    /// <summary>The State attribute; empty where there is none.</summary>
    public ReadOnlySpan<byte> State { get; private init; }

    /// <summary>Calling-Station-Id as it is; empty where there is none.</summary>
    public ReadOnlySpan<byte> Station { get; private init; }

    /// <summary>Reads a datagram; false where it is no whole RADIUS packet of an authentication.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out RadiusKeys keys)
    {
        keys = default;
        if (datagram.Length < HeaderLength || datagram[0] is not (RadiusPacket.AccessRequest or RadiusPacket.AccessAccept or RadiusPacket.AccessReject or RadiusPacket.AccessChallenge)) return false;
        if (BinaryPrimitives.ReadUInt16BigEndian(datagram[2..]) != datagram.Length) return false;
        ReadOnlySpan<byte> state = default, station = default;
        for (var rest = datagram[HeaderLength..]; rest.Length > 0; rest = rest[rest[1]..])
        {
            if (rest.Length < 2 || rest[1] < 2 || rest[1] > rest.Length) return false;
            if (rest[0] == StateType) state = rest[2..rest[1]];
            else if (rest[0] == CallingStationId) station = rest[2..rest[1]];
        }

        keys = new RadiusKeys { IsRequest = datagram[0] == RadiusPacket.AccessRequest, Identifier = datagram[1], Authenticator = datagram[4..HeaderLength], State = state, Station = station };
        return true;
    }

    private const int HeaderLength = 20;
    private const byte StateType = 24;
    private const byte CallingStationId = 31;
}
