namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>How a certificate's names compare with the one that the client wanted.</summary>
internal enum IdentityMatch
{
    /// <summary>One of them is it.</summary>
    Match,

    /// <summary>None of them is it.</summary>
    Mismatch,

    /// <summary>Only the common name is it, which clients of today do not read (RFC 9525 section 2).</summary>
    CommonNameOnly,
}
