namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>The names of application protocols that are registered, and so identify nobody.</summary>
internal static class AlpnNames
{
    /// <summary>
    /// True for the protocol IDs of IANA's registry "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs" that programs use, their drafts
    /// and GREASE (RFC 8701), which is two equal bytes.
    /// </summary>
    public static bool AreRegistered(string name) => Registered.Contains(name) || name.StartsWith("h2-", StringComparison.Ordinal) || name.StartsWith("h3-", StringComparison.Ordinal)
        || name.StartsWith("spdy/", StringComparison.Ordinal) || (name.Length == 2 && name[0] == name[1] && (name[0] & 0xF) == 0xA);

    private static readonly HashSet<string> Registered =
    [
        "http/0.9", "http/1.0", "http/1.1", "h2", "h2c", "h3", "hq", "hq-interop", "stun.turn", "stun.nat-discovery", "webrtc", "c-webrtc", "ftp", "imap", "pop3", "managesieve", "coap", "co",
        "xmpp-client", "xmpp-server", "acme-tls/1", "mqtt", "dot", "ntske/1", "sunrpc", "smb", "irc", "nntp", "nnsp", "doq", "sip/2", "tds/8.0", "dicom", "postgresql", "radius/1.0", "radius/1.1",
    ];
}
