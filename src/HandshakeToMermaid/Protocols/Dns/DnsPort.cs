namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>The ports on which DNS is spoken in the clear.</summary>
internal static class DnsPort
{
    /// <summary>Ordinary DNS (RFC 1035 section 4.2).</summary>
    public const ushort Dns = 53;

    /// <summary>Multicast DNS (RFC 6762).</summary>
    public const ushort MulticastDns = 5353;

    /// <summary>Link-local multicast name resolution (RFC 4795).</summary>
    public const ushort Llmnr = 5355;

    public static bool Is(ushort port) => port is Dns or MulticastDns or Llmnr;
}
