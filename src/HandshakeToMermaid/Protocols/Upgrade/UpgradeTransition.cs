namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>The effect of a unit of an upgrade exchange on the session.</summary>
internal enum UpgradeTransition
{
    /// <summary>No reported effect: capabilities, other commands, and private data.</summary>
    Unsaid,

    /// <summary>Drawn as an arrow, without effect.</summary>
    Said,

    /// <summary>The request for TLS, or for a proxy's tunnel.</summary>
    Asked,

    /// <summary>Accepted: another protocol follows in both directions.</summary>
    Accepted,

    /// <summary>The client begins its session in cleartext without requesting TLS: the session is reported, and not followed beyond the first answer.</summary>
    Unasked,

    /// <summary>Refused for now: the client may repeat its request, with credentials.</summary>
    Declined,

    /// <summary>The tunnel ends, before the connection that carries it.</summary>
    Ended,

    /// <summary>Refused: the session continues in cleartext or ends, and is not followed further.</summary>
    Refused,
}
