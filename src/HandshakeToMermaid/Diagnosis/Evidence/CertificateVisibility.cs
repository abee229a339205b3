namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>What a capture shows of the server's certificate.</summary>
internal enum CertificateVisibility
{
    /// <summary>It was read.</summary>
    Seen,

    /// <summary>It went by encrypted.</summary>
    Encrypted,

    /// <summary>It was sent or may have been, and the capture lacks it, whole or in part.</summary>
    NotCaptured,

    /// <summary>None was sent: a session was resumed, the suite needs none, or the server did not come that far.</summary>
    NotSent,
}
