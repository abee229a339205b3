namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>What RFC 5280 section 6 forbids in a certification path.</summary>
internal enum ChainFaultKind
{
    /// <summary>It issued a certificate but is no certificate authority (basicConstraints).</summary>
    NotAnAuthority,

    /// <summary>More intermediates stand below it than it allows (pathLenConstraint).</summary>
    PathTooLong,

    /// <summary>It issued a certificate but may not sign certificates (keyUsage).</summary>
    MayNotSign,

    /// <summary>It is meant for another purpose than this end of TLS (extendedKeyUsage).</summary>
    WrongPurpose,

    /// <summary>An authority above it does not allow one of its names (nameConstraints).</summary>
    NameNotPermitted,

    /// <summary>It holds a critical extension that cannot be honoured.</summary>
    UnknownCriticalExtension,

    /// <summary>The signature on it was not made by its issuer's key.</summary>
    BadSignature,
}
