namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>Whether a pre-shared key is used alone or with a key agreement (RFC 8446 section 4.2.9).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct PskKeyExchangeMode(byte Code)
{
    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => PskKeyExchangeModeTable.NameOf(Code) ?? $"0x{Code:X2}";

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => PskKeyExchangeModeTable.NameOf(Code) is not null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
