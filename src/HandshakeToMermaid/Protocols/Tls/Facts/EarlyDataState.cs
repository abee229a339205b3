namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>What became of early data. The JSON name is the member's in lower case.</summary>
internal enum EarlyDataState
{
    /// <summary>None was offered.</summary>
    None,

    /// <summary>It was offered; the answer cannot be seen.</summary>
    Offered,

    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>The server threw it away.</summary>
    Rejected,
}
