namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>How the lengths of values are written (X.690 section 8.1.3).</summary>
internal enum DerLengths
{
    /// <summary>As DER demands.</summary>
    Shortest,

    /// <summary>In four bytes each, as BER allows.</summary>
    Long,

    /// <summary>Without a length where values are inside (section 8.1.3.6).</summary>
    Indefinite,
}
