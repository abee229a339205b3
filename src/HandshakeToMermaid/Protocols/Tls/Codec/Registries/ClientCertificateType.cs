namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>A kind of certificate that a server accepts (RFC 5246 section 7.4.4).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly record struct ClientCertificateType(byte Code)
{
    /// <summary>The registry's name; GREASE or the number in hexadecimal where it has none.</summary>
    public string Name => ClientCertificateTypeTable.NameOf(Code) ?? $"0x{Code:X2}";

    /// <summary>True where the registry names it.</summary>
    public bool IsKnown => ClientCertificateTypeTable.NameOf(Code) is not null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
