namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>OCSPResponseStatus (RFC 6960 section 4.2.1). Other numbers are preserved.</summary>
internal enum OcspResponseStatus
{
    /// <summary>Could not be read.</summary>
    Unparsed = -1,

    /// <summary>The response holds an answer.</summary>
    Successful = 0,

    /// <summary>The responder did not understand the request.</summary>
    MalformedRequest = 1,

    /// <summary>The responder is broken.</summary>
    InternalError = 2,

    /// <summary>Try again later.</summary>
    TryLater = 3,

    /// <summary>The request must be signed.</summary>
    SigRequired = 5,

    /// <summary>The asker may not ask.</summary>
    Unauthorized = 6,
}
