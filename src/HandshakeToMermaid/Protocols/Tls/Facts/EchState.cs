namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>What became of Encrypted ClientHello (RFC 9849). The JSON name is the member's in lower case.</summary>
internal enum EchState
{
    /// <summary>None was offered.</summary>
    None,

    /// <summary>It was offered by a client that cannot have had a key for it.</summary>
    Grease,

    /// <summary>It was offered; from outside, random filling looks the same.</summary>
    Offered,

    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>The server did not take it.</summary>
    Rejected,
}
