using System.Security.Cryptography;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Certificates;

/// <summary>STAND-IN: an X.509 certificate of which only the bytes and their hash are known. The Certificates room replaces this file.</summary>
public sealed class Certificate
{
    private Certificate(ReadOnlyMemory<byte> der) => Der = der;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>SHA-256 of the bytes, lower hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Der.Span));

    /// <summary>Subject.</summary>
    public string Subject => "";

    /// <summary>Subject common name.</summary>
    public string? SubjectCommonName => null;

    /// <summary>Issuer.</summary>
    public string Issuer => "";

    /// <summary>Issuer common name.</summary>
    public string? IssuerCommonName => null;

    /// <summary>Serial number, lower hex.</summary>
    public string Serial => "";

    /// <summary>Start of validity.</summary>
    public Timestamp? NotBefore => null;

    /// <summary>End of validity.</summary>
    public Timestamp? NotAfter => null;

    /// <summary>Start of validity, RFC 3339.</summary>
    public string NotBeforeText => "";

    /// <summary>End of validity, RFC 3339.</summary>
    public string NotAfterText => "";

    /// <summary>Subject alternative names.</summary>
    public IReadOnlyList<string> SubjectAlternativeNames => [];

    /// <summary>Key.</summary>
    public string Key => "";

    /// <summary>Signature algorithm.</summary>
    public string Signature => "";

    /// <summary>What was wrong.</summary>
    public WireFault Fault => default;

    /// <summary>Reads a certificate.</summary>
    public static Certificate Read(ReadOnlyMemory<byte> der) => new(der);
}
