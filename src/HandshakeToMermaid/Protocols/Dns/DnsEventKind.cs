namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>What happened in a DNS query.</summary>
internal enum DnsEventKind
{
    /// <summary>A question was sent, for the first time or again.</summary>
    Question,

    /// <summary>An answer came that was cut to what a datagram holds (TC, RFC 1035 section 4.1.1).</summary>
    Truncated,

    /// <summary>The answer came.</summary>
    Answer,
}
