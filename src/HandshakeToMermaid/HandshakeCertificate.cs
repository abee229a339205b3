namespace HandshakeToMermaid;

/// <summary>A certificate (RFC 5280) that was sent in a handshake. Texts are those of the certificate: encode them before showing them.</summary>
public sealed class HandshakeCertificate
{
    internal HandshakeCertificate()
    {
    }

    /// <summary>Who sent it.</summary>
    public required HandshakeActor Sender { get; init; }

    /// <summary>Its place in the sender's chain, 0 for the sender's own.</summary>
    public required int Position { get; init; }

    /// <summary>The number of the first frame of the message that holds it.</summary>
    public required long Frame { get; init; }

    /// <summary>The subject's distinguished name (RFC 4514), common name first.</summary>
    public required string Subject { get; init; }

    /// <summary>The issuer's distinguished name, in the same form.</summary>
    public required string Issuer { get; init; }

    /// <summary>The serial number in lower-case hexadecimal without leading zeros; empty where it could not be read.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>The beginning of its validity; null where it could not be read.</summary>
    public required DateTimeOffset? NotBefore { get; init; }

    /// <summary>The end of its validity, inclusive; null where it could not be read or has no practical end (beyond the year 2262).</summary>
    public required DateTimeOffset? NotAfter { get; init; }

    /// <summary>The DNS names and IP addresses that it is valid for.</summary>
    public required IReadOnlyList<string> SubjectAlternativeNames { get; init; }

    /// <summary>The public key, such as <c>EC P-256</c> or <c>RSA 2048</c>; empty where it could not be read.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The signature's algorithm, such as <c>ecdsa-with-SHA256</c>; empty where it could not be read.</summary>
    public required string SignatureAlgorithm { get; init; }

    /// <summary>The SHA-256 fingerprint in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its DER encoding, as it was sent.</summary>
    public required ReadOnlyMemory<byte> RawData { get; init; }

    /// <summary>The certificate in one line, for logs and debuggers.</summary>
    public override string ToString() => Subject;
}
