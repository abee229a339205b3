namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>Whether a chain leads to an authority that is trusted.</summary>
internal enum ChainTrust
{
    /// <summary>No authorities were given to compare with.</summary>
    NotAsked,

    /// <summary>It leads to one of them.</summary>
    Trusted,

    /// <summary>It leads to none of them.</summary>
    NotTrusted,
}
