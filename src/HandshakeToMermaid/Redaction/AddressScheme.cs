namespace HandshakeToMermaid.Redaction;

/// <summary>Which addresses stand for others.</summary>
internal enum AddressScheme
{
    /// <summary>Addresses of the ranges for documentation (RFC 5737, RFC 3849): networks cannot be told from each other.</summary>
    Documentation,

    /// <summary>Addresses that share as long a prefix as the originals do (Crypto-PAn, RFC 6235 section 4.1.1.2).</summary>
    Prefix,
}
