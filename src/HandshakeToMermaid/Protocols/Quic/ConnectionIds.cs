namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>The connection ids that one side gave out for packets sent to it (RFC 9000 section 5.1): in long headers and by NEW_CONNECTION_ID.</summary>
internal sealed class ConnectionIds
{
    private readonly List<byte[]> ids = [];
    private int lengthInHandshake = -1;

    /// <summary>How many there are.</summary>
    public int Count => ids.Count;

    /// <summary>Takes the Source Connection ID of a long header.</summary>
    public void Add(ReadOnlySpan<byte> id)
    {
        lengthInHandshake = id.Length;
        Issue(id);
    }

    /// <summary>Takes the id of a NEW_CONNECTION_ID.</summary>
    public void Issue(ReadOnlySpan<byte> id)
    {
        if (ids.Count >= MaxIds) return;
        foreach (var known in ids)
        {
            if (id.SequenceEqual(known)) return;
        }

        ids.Add(id.ToArray());
    }

    /// <summary>The lengths that the id at the start of some bytes may have: those of ids that stand there, else that of the handshake's.</summary>
    /// <param name="bytes">A short header behind its first byte.</param>
    public List<int> LengthsIn(ReadOnlySpan<byte> bytes)
    {
        var lengths = new List<int>(1);
        foreach (var id in ids)
        {
            if (bytes.StartsWith(id) && !lengths.Contains(id.Length)) lengths.Add(id.Length);
        }

        if (lengths.Count == 0 && lengthInHandshake >= 0) lengths.Add(lengthInHandshake);
        return lengths;
    }

    /// <summary>True where an id stands at the start of some bytes that is too long to stand there by chance.</summary>
    public bool Stands(ReadOnlySpan<byte> bytes)
    {
        foreach (var id in ids)
        {
            if (id.Length >= LongEnough && bytes.StartsWith(id)) return true;
        }

        return false;
    }

    private const int LongEnough = 6;

    // An endpoint allows two by default; implementations allow up to eight at once.
    private const int MaxIds = 64;
}
