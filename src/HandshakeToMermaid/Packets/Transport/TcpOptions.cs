namespace HandshakeToMermaid.Packets.Transport;

// RFC 9293 section 3.1: an option is a kind alone (0, 1), or kind (1) | length of all (1) | value.

/// <summary>
/// Walks the options of a TCP header: <c>foreach (var option in new TcpOptions(packet.Options))</c>. Padding is left
/// out; the walk ends at the end of the list and where a length leads nowhere or the capture cut the options.
/// </summary>
internal ref struct TcpOptions
{
    private ReadOnlySpan<byte> rest;

    /// <summary>Starts before the first option.</summary>
    public TcpOptions(ReadOnlySpan<byte> options) => rest = options;

    /// <summary>The option reached.</summary>
    public TcpOption Current { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly TcpOptions GetEnumerator() => this;

    /// <summary>Goes to the next option.</summary>
    public bool MoveNext()
    {
        while (!rest.IsEmpty && rest[0] == (byte)TcpOptionKind.NoOperation) rest = rest[1..];
        if (rest.Length < 2 || rest[0] == (byte)TcpOptionKind.EndOfOptionList) return Stop();
        int length = rest[1];
        if (length < 2 || length > rest.Length) return Stop();
        Current = new TcpOption((TcpOptionKind)rest[0], rest[2..length]);
        rest = rest[length..];
        return true;
    }

    private bool Stop()
    {
        rest = default;
        Current = default;
        return false;
    }
}
