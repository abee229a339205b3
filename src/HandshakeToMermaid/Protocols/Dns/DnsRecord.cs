using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A resource record (RFC 1035 section 4.1.3).</summary>
/// <param name="Name">Whose record it is.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Class">The class.</param>
/// <param name="TimeToLive">Seconds for which it may be cached.</param>
internal sealed record DnsRecord(string Name, DnsRecordType Type, ushort Class, uint TimeToLive)
{
    private readonly string? text;

    /// <summary>In presentation format: an address, "CNAME www.example.net", "alpn h3, h2"; data that is not opened by its length.</summary>
    public string Text
    {
        get => text ?? (Target is not null ? $"CNAME {Target}" : Addresses is [var address] ? address.ToString() : "");
        init => text = value;
    }

    /// <summary>The name that a CNAME leads to; null elsewhere.</summary>
    public string? Target { get; internal set; }

    /// <summary>True where an HTTPS or SVCB record holds keys for Encrypted ClientHello (RFC 9848).</summary>
    public bool HasEchConfiguration { get; internal set; }

    /// <summary>The address of an A or AAAA record; the address hints of an HTTPS or SVCB record.</summary>
    public IReadOnlyList<IpAddress> Addresses { get; internal set; } = [];
}
