namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>The effect of a unit of an upgrade exchange on the session.</summary>
internal enum UpgradeTransition
{
    /// <summary>No reported effect: capabilities, other commands, and private data.</summary>
    Unsaid,

    /// <summary>Worth an arrow.</summary>
    Said,

    /// <summary>The wish for TLS, or for the way on.</summary>
    Asked,

    /// <summary>Granted: what follows in both directions is another protocol.</summary>
    Accepted,

    /// <summary>The client begins its session in cleartext without requesting TLS: the session is reported, and not followed beyond the first answer.</summary>
    Unasked,

    /// <summary>Not granted: the conversation goes on in clear or ends, and is not followed further.</summary>
    Refused,
}
