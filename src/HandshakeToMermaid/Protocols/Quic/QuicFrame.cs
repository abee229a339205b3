namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>The fields of a frame (RFC 9000 section 19) that matter for a handshake.</summary>
/// <param name="Type">Its number.</param>
/// <param name="Offset">CRYPTO and STREAM: where its bytes belong. CONNECTION_CLOSE: the error code.</param>
/// <param name="Data">CRYPTO and STREAM: the bytes. CONNECTION_CLOSE: the Reason Phrase. NEW_CONNECTION_ID: the id. PATH_CHALLENGE and PATH_RESPONSE: the Data field.</param>
internal readonly record struct QuicFrame(ulong Type, ulong Offset, ReadOnlyMemory<byte> Data)
{
    /// <summary>STREAM: the stream's number.</summary>
    public ulong Stream { get; init; }

    public bool IsCrypto => Type == 0x06;

    public bool IsStream => Type is >= 0x08 and <= 0x0F;

    public bool IsNewConnectionId => Type == 0x18;

    public bool IsPathChallenge => Type == 0x1A;

    public bool IsPathResponse => Type == 0x1B;

    /// <summary>CONNECTION_CLOSE, by QUIC (0x1c) or the application (0x1d).</summary>
    public bool IsClose => Type is 0x1C or 0x1D;

    public bool IsHandshakeDone => Type == 0x1E;
}
