namespace HandshakeToMermaid.Protocols.Tls.Records;

/// <summary>Limits the encrypted bytes of one direction stored until its secrets arrive: everything at the beginning, then only small records.</summary>
/// <param name="cap">Bytes in all.</param>
internal struct RecordBudget(int cap)
{
    /// <summary>Bytes stored of the beginning.</summary>
    public int HeadBytes { get; private set; }

    /// <summary>True where a record still belongs to the beginning. Long records of data get half of the room, so that the handshake never lacks any.</summary>
    public readonly bool FitsHead(int length, bool isData)
    {
        var room = isData && length > SmallRecord ? cap / 2 : cap - Math.Min(cap / 4, MaxAtEnd * SmallRecord);
        return HeadBytes + length <= room;
    }

    /// <summary>Counts a record stored of the beginning.</summary>
    public void Add(int length) => HeadBytes += length;

    /// <summary>Tickets of OpenSSL with a client's certificate inside are about this long; key updates and alerts much shorter.</summary>
    public const int SmallRecord = 2048;

    /// <summary>How a connection ended: an alert of each side, what answered it, and a few short records of data before.</summary>
    public const int MaxAtEnd = 16;
}
