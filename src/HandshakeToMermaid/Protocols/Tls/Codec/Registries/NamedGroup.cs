namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>A group for key agreement (RFC 8446 section 4.2.7), classic, post-quantum or both.</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct NamedGroup(ushort Code)
{
    /// <summary>NIST P-256.</summary>
    public static readonly NamedGroup Secp256r1 = new(0x0017);

    /// <summary>NIST P-384.</summary>
    public static readonly NamedGroup Secp384r1 = new(0x0018);

    /// <summary>NIST P-521.</summary>
    public static readonly NamedGroup Secp521r1 = new(0x0019);

    /// <summary>Curve25519 (RFC 7748).</summary>
    public static readonly NamedGroup X25519 = new(0x001D);

    /// <summary>X25519 and ML-KEM-768 together.</summary>
    public static readonly NamedGroup X25519MLKEM768 = new(0x11EC);

    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => NamedGroupTable.NameOf(Code) ?? (Grease.Is(Code) ? "GREASE" : $"0x{Code:X4}");

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => NamedGroupTable.NameOf(Code) is not null;

    /// <summary>True for the values that RFC 8701 reserves to keep peers tolerant.</summary>
    public bool IsGrease => Grease.Is(Code);

    /// <summary>The name people say: P-256, X25519.</summary>
    public string Label => NamedGroupTable.LabelOf(Code) ?? Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
