namespace HandshakeToMermaid.Protocols.Tls.Codec.Registries;

/// <summary>The names of application protocols that are registered, and so identify nobody.</summary>
internal static class AlpnNames
{
    /// <summary>
    /// True for the protocol IDs of IANA's registry "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs" that programs use, their drafts
    /// and GREASE (RFC 8701), which is two equal bytes.
    /// </summary>
    public static bool AreRegistered(string name) => IsListed(name) || name.StartsWith("h2-", StringComparison.Ordinal) || name.StartsWith("h3-", StringComparison.Ordinal)
        || name.StartsWith("spdy/", StringComparison.Ordinal) || (name.Length == 2 && name[0] == name[1] && (name[0] & 0xF) == 0xA);

    private static bool IsListed(string name) =>
        name is "http/0.9" or "http/1.0" or "http/1.1" or "h2" or "h2c" or "h3" or "hq" or "hq-interop" or "stun.turn" or "stun.nat-discovery" or "webrtc"
            or "c-webrtc" or "ftp" or "imap" or "pop3" or "managesieve" or "coap" or "co" or "xmpp-client" or "xmpp-server" or "acme-tls/1" or "mqtt"
            or "dot" or "ntske/1" or "sunrpc" or "smb" or "irc" or "nntp" or "nnsp" or "doq" or "sip/2" or "tds/8.0" or "dicom" or "postgresql"
            or "radius/1.0" or "radius/1.1";
}
