using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>The status of one certificate (SingleResponse, RFC 6960 section 4.2.1).</summary>
/// <param name="Serial">The certificate's serial number, in the form of <see cref="Certificate.Serial"/>.</param>
/// <param name="HashAlgorithm">What the issuer's name and key were hashed by ("sha1"); the OID where unknown.</param>
/// <param name="IssuerNameHash">Hash of the issuer's name.</param>
/// <param name="IssuerKeyHash">Hash of the issuer's key.</param>
/// <param name="Status">Good, revoked or unknown.</param>
/// <param name="ThisUpdate">Since when this is known to be right; null where unread.</param>
/// <param name="NextUpdate">Until when it may be relied on; null where newer information is always available, or unread.</param>
/// <param name="RevocationTime">Since when it is revoked; null elsewhere.</param>
/// <param name="Reason">Why, by the name of RFC 5280 section 5.3.1 ("keyCompromise"), "reason 12" where unknown; null where none is given.</param>
internal sealed record OcspSingleResponse(
    string Serial,
    string HashAlgorithm,
    ReadOnlyMemory<byte> IssuerNameHash,
    ReadOnlyMemory<byte> IssuerKeyHash,
    CertificateStatus Status,
    Timestamp? ThisUpdate,
    Timestamp? NextUpdate,
    Timestamp? RevocationTime,
    string? Reason);
