namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>CertStatus (RFC 6960 section 4.2.1).</summary>
internal enum CertificateStatus
{
    /// <summary>Not revoked.</summary>
    Good,

    /// <summary>Revoked, for good or for the time being.</summary>
    Revoked,

    /// <summary>The responder does not know the certificate.</summary>
    Unknown,
}
