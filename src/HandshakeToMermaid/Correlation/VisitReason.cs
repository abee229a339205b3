namespace HandshakeToMermaid.Correlation;

/// <summary>Why a visit has two lanes, as far as packets show it.</summary>
internal enum VisitReason
{
    /// <summary>Both were used; nothing shows why.</summary>
    Unknown,

    /// <summary>The lane that began first was not answered or had ended with an error before the other one began.</summary>
    Fallback,

    /// <summary>Both began at about the same time.</summary>
    Race,

    /// <summary>A response over TCP offered HTTP/3 (Alt-Svc, RFC 7838) before QUIC began.</summary>
    AltSvc,

    /// <summary>The HTTPS record of the name offered HTTP/3 (RFC 9460) before QUIC began.</summary>
    HttpsRecord,
}
