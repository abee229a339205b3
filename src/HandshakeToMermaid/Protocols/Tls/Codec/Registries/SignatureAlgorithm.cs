namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>The signature of a TLS 1.2 signature pair (RFC 5246 section 7.4.1.4.1).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct SignatureAlgorithm(byte Code)
{
    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => SignatureAlgorithmTable.NameOf(Code) ?? $"0x{Code:X2}";

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => SignatureAlgorithmTable.NameOf(Code) is not null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
