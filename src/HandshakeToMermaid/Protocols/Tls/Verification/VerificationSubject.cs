namespace HandshakeToMermaid.Protocols.Tls.Verification;

/// <summary>What was checked. The JSON name is the member's in snake_case.</summary>
internal enum VerificationSubject
{
    /// <summary>The signature in a ServerKeyExchange.</summary>
    ServerKeyExchange,

    /// <summary>The signature in a CertificateVerify.</summary>
    CertificateVerify,

    /// <summary>The verify_data of a Finished.</summary>
    Finished,

    /// <summary>The signature of an OCSP response, and its validity at the time of the capture.</summary>
    OcspResponse,
}
