namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>How a certificate chain is compressed (RFC 8879 section 7.3).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct CertificateCompressionAlgorithm(ushort Code)
{
    /// <summary>RFC 1950.</summary>
    public static readonly CertificateCompressionAlgorithm Zlib = new(1);

    /// <summary>RFC 7932.</summary>
    public static readonly CertificateCompressionAlgorithm Brotli = new(2);

    /// <summary>RFC 8478.</summary>
    public static readonly CertificateCompressionAlgorithm Zstd = new(3);

    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => CertificateCompressionAlgorithmTable.NameOf(Code) ?? $"0x{Code:X4}";

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => CertificateCompressionAlgorithmTable.NameOf(Code) is not null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
