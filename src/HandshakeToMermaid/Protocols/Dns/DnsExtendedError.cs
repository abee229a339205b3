namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A DNS extended error code (RFC 8914 section 5).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly partial record struct DnsExtendedError(ushort Code)
{
    /// <summary>Its name; EDEnnn where the registry has none.</summary>
    public override string ToString() => NameOf(Code) ?? $"EDE{Code}";
}
