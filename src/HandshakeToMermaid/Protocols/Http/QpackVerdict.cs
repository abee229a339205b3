namespace HandshakeToMermaid.Protocols.Http;

/// <summary>How the decoding of a field section ended.</summary>
internal enum QpackVerdict
{
    /// <summary>All its fields were read.</summary>
    Decoded,

    /// <summary>It refers to entries that the encoder stream has not brought so far.</summary>
    Blocked,

    /// <summary>It is invalid or beyond the caps.</summary>
    Broken,
}
