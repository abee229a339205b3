namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>What is rewritten of a header around the innermost packet, or of its own.</summary>
internal enum HeaderKind
{
    /// <summary>One link-layer address of six bytes.</summary>
    LinkAddress,

    /// <summary>Bytes that nobody needs: they become zeros.</summary>
    Cleared,

    /// <summary>The attributes of a packet that netfilter logged: their lengths and types stay.</summary>
    NetfilterAttributes,

    /// <summary>The options of Geneve: their classes, types and lengths stay.</summary>
    GeneveOptions,

    /// <summary>Hop-by-hop or destination options of IPv6: they become padding.</summary>
    Ipv6Options,

    /// <summary>An IPv4 header with its options.</summary>
    Ipv4,

    /// <summary>An IPv6 header.</summary>
    Ipv6,

    /// <summary>The UDP header of a tunnel: its checksum covers what was rewritten inside.</summary>
    TunnelUdp,

    /// <summary>A GRE header with a checksum.</summary>
    GreChecksum,
}
