namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>How a check came out. The JSON name is the member's in snake_case.</summary>
internal enum VerificationVerdict
{
    /// <summary>It fits.</summary>
    Valid,

    /// <summary>It does not match: the data was modified, or an implementation is wrong.</summary>
    Invalid,

    /// <summary>It could not be checked.</summary>
    NotChecked,
}
