namespace HandshakeToMermaid;

/// <summary>What a TLS handshake offered and agreed on. Values of the capture are unchanged: encode them before showing them.</summary>
public sealed class HandshakeTls
{
    internal HandshakeTls()
    {
    }

    /// <summary>The version agreed on, such as <c>TLS 1.3</c>; null before the ServerHello.</summary>
    public required string? Version { get; init; }

    /// <summary>The cipher suite agreed on, by its IANA name; null before the ServerHello.</summary>
    public required string? CipherSuite { get; init; }

    /// <summary>The group of the key exchange, such as <c>x25519</c>; null where it is not known.</summary>
    public required string? Group { get; init; }

    /// <summary>The server name that the client asked for (SNI, RFC 6066 section 3); null where it sent none or its ClientHello was not captured.</summary>
    public required string? ServerName { get; init; }

    /// <summary>The application protocol agreed on (ALPN, RFC 7301); null where none was, or it was encrypted and not decrypted.</summary>
    public required string? ApplicationProtocol { get; init; }

    /// <summary>The application protocols that the client offered, in its order of preference.</summary>
    public required IReadOnlyList<string> OfferedApplicationProtocols { get; init; }

    /// <summary>True where messages were decrypted with the secrets of a key log.</summary>
    public required bool IsDecrypted { get; init; }
}
