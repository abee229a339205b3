namespace HandshakeToMermaid.Browser.Tests;

/// <summary>A picture of the comparison table.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Sample">The sample that is drawn.</param>
/// <param name="MaxConnections">Above this many connections an overview is drawn.</param>
internal sealed record Scenario(string Name, string Sample, int MaxConnections = 8)
{
    /// <summary>Those of the table.</summary>
    public static readonly Scenario[] All =
    [
        new("TLS 1.2", "tls12-success"),
        new("TLS 1.3", "tls13-success"),
        new("mutual TLS", "mutual-tls12"),
        new("certificate expired", "expired-certificate"),
        new("wrong name", "wrong-name"),
        new("intermediate missing", "missing-intermediate"),
        new("no common version", "no-common-version"),
        new("server silent", "server-silent"),
        new("reset", "reset-after-client-hello"),
        new("connection refused", "port-closed"),
        new("name does not exist", "nxdomain"),
        new("IPv6 fails, IPv4 succeeds", "happy-eyeballs"),
        new("0-RTT", "tls13-0rtt"),
        new("HelloRetryRequest", "hello-retry-request"),
        new("QUIC", "quic-success"),
        new("overview", "browser-page", MaxConnections: 1),
    ];
}
