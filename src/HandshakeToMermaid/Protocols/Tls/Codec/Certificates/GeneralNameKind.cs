namespace HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

/// <summary>The choices of a GeneralName (RFC 5280 section 4.2.1.6) that are read here, by their tag numbers.</summary>
internal static class GeneralNameKind
{
    public const int Dns = 2;
    public const int Uri = 6;
    public const int IpAddress = 7;
}
