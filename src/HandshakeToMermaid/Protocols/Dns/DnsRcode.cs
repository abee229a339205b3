namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A DNS response code of the IANA registry (RFC 6895 section 2.3), with the upper bits of EDNS where there are any.</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly partial record struct DnsRcode(ushort Code)
{
    /// <summary>Its name; RCODEnnn where the registry has none.</summary>
    public override string ToString() => NameOf(Code) ?? $"RCODE{Code}";
}
