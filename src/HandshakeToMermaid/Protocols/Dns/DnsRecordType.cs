namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A DNS record type of the IANA registry (RFC 6895 section 3.1).</summary>
/// <param name="Code">The number on the wire.</param>
internal readonly partial record struct DnsRecordType(ushort Code)
{
    /// <summary>An IPv4 address.</summary>
    public static readonly DnsRecordType A = new(1);

    /// <summary>Another name for the name.</summary>
    public static readonly DnsRecordType Cname = new(5);

    /// <summary>An IPv6 address.</summary>
    public static readonly DnsRecordType Aaaa = new(28);

    /// <summary>The EDNS pseudo-record (RFC 6891).</summary>
    public static readonly DnsRecordType Opt = new(41);

    /// <summary>Service binding (RFC 9460).</summary>
    public static readonly DnsRecordType Svcb = new(64);

    /// <summary>Service binding for HTTPS (RFC 9460).</summary>
    public static readonly DnsRecordType Https = new(65);

    /// <summary>A question for whatever there is.</summary>
    public static readonly DnsRecordType Any = new(255);

    /// <summary>Its name; TYPEnnn where the registry has none.</summary>
    public override string ToString() => NameOf(Code) ?? $"TYPE{Code}";
}
