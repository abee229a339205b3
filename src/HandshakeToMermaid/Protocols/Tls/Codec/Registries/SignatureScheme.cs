namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>A signature algorithm with its hash (RFC 8446 section 4.2.3); in TLS 1.2 a pair of numbers, hash first (RFC 5246 section 7.4.1.4.1).</summary>
/// <param name="Code">The number on the wire.</param>
public readonly record struct SignatureScheme(ushort Code)
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

    private string? PairName => Hash.IsKnown && Signature.IsKnown ? $"{Signature.Name}_{Hash.Name}" : null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
