namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>A signature algorithm with its hash (RFC 8446 section 4.2.3); in TLS 1.2 a pair of numbers, hash first (RFC 5246 section 7.4.1.4.1).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct SignatureScheme(ushort Code)
{
    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => SignatureSchemeTable.NameOf(Code) ?? (Grease.Is(Code) ? "GREASE" : PairName ?? $"0x{Code:X4}");

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => SignatureSchemeTable.NameOf(Code) is not null;

    /// <summary>True for the values that RFC 8701 reserves to keep peers tolerant.</summary>
    public bool IsGrease => Grease.Is(Code);

    /// <summary>The name people say: RSA-PSS, ECDSA P-256.</summary>
    public string Label => SignatureSchemeTable.LabelOf(Code) ?? Name;

    /// <summary>The upper byte, as TLS 1.2 reads it.</summary>
    public HashAlgorithm Hash => new((byte)(Code >> 8));

    /// <summary>The lower byte, as TLS 1.2 reads it.</summary>
    public SignatureAlgorithm Signature => new((byte)Code);

    /// <summary>The signature algorithm; of a number that the registry lists without one, that of the TLS 1.2 pair.</summary>
    public SignatureKind Kind => SignatureSchemeTable.AlgorithmOf(Code) switch
    {
        "rsa_pss" => SignatureKind.RsaPss,
        "ecdsa" => SignatureKind.Ecdsa,
        "mldsa" => SignatureKind.MlDsa,
        _ when PairHash is null => SignatureKind.Other,
        _ => Signature.Code switch { 1 => SignatureKind.RsaPkcs1, 2 => SignatureKind.Dsa, 3 => SignatureKind.Ecdsa, _ => SignatureKind.Other },
    };

    /// <summary>The hash as .NET names it: SHA256; null where the algorithm brings its own, and where unknown.</summary>
    public string? HashName => SignatureSchemeTable.HashOf(Code) ?? PairHash?.Replace("-", "", StringComparison.Ordinal);

    /// <summary>The curve that a TLS 1.3 signature demands, as an object identifier; null where there is none.</summary>
    public string? Curve => SignatureSchemeTable.CurveOf(Code);

    /// <summary>Algorithm and hash in a sentence: "RSA with SHA-256".</summary>
    public string Method => SignatureSchemeTable.MethodOf(Code) ?? (Curve is not null ? Name : PairMethod ?? $"signature scheme 0x{Code:X4}");

    private string? PairHash => Hash.Code switch { 1 => "MD5", 2 => "SHA-1", 3 => "SHA-224", 4 => "SHA-256", 5 => "SHA-384", 6 => "SHA-512", _ => null };

    private string? PairMethod => PairHash is null || Signature.Code is 0 or > 3 ? null : $"{Signature.Name.ToUpperInvariant()} with {PairHash}";

    private string? PairName => Hash.IsKnown && Signature.IsKnown ? $"{Signature.Name}_{Hash.Name}" : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
