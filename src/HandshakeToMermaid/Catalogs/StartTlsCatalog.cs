using HandshakeToMermaid.Protocols.Upgrade;

namespace HandshakeToMermaid.Catalogs;

/// <summary>Every protocol that goes over to TLS in the middle of a connection. A new one is a file and a line here.</summary>
internal static class StartTlsCatalog
{
    /// <summary>The dialects; the first that is certain has the connection.</summary>
    public static IReadOnlyList<IUpgradeDialect> All { get; } =
    [
        new SmtpDialect(),
        new ImapDialect(),
        new Pop3Dialect(),
        new FtpDialect(),
        new PostgresDialect(),
        new MySqlDialect(),
        new LdapDialect(),
        new XmppDialect(),
        new RdpDialect(),
        new IrcDialect(),
        new SieveDialect(),
        new NntpDialect(),
    ];
}
