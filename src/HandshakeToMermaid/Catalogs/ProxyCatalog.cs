using HandshakeToMermaid.Protocols.Upgrade;

namespace HandshakeToMermaid.Catalogs;

/// <summary>The ways through a proxy that are followed to the TLS behind it. A new one is a file in Protocols/Upgrade and a line here.</summary>
internal static class ProxyCatalog
{
    /// <summary>Each is asked in turn.</summary>
    public static IReadOnlyList<IUpgradeDialect> All { get; } =
    [
        new HttpConnectDialect(),
        new Socks4Dialect(),
        new Socks5Dialect(),
        new ProxyHeaderDialect(),
    ];
}
