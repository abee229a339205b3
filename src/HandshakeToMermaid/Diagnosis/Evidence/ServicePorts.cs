namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>What the service of a port is known to begin with, by its IANA name and usage.</summary>
internal static class ServicePorts
{
    /// <summary>True where TLS begins with the first byte: https, ldaps, domain-s, ftps, imaps, pop3s, submissions, sips, secure-mqtt, amqps and usual ones, as Redis with TLS at 6380.</summary>
    public static bool IsTls(ushort port) => Tls.Contains(port);

    /// <summary>True where the server speaks first: ftp, ssh, telnet, smtp, pop3, nntp, imap, submission, mysql.</summary>
    public static bool BeginsWithServer(ushort port) => Greeting.Contains(port);

    /// <summary>True where the client sends first: TLS, http, ldap, PostgreSQL, Redis, MQTT.</summary>
    public static bool BeginsWithClient(ushort port) => IsTls(port) || Request.Contains(port);

    private static readonly ushort[] Tls = [443, 465, 636, 853, 989, 990, 992, 993, 995, 5061, 5671, 5986, 6380, 6443, 8443, 8883, 9443];

    private static readonly ushort[] Greeting = [21, 22, 23, 25, 110, 119, 143, 587, 2525, 3306];

    private static readonly ushort[] Request = [53, 80, 389, 1883, 3000, 3268, 3389, 5432, 5985, 6379, 8000, 8080, 8888];
}
