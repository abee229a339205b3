namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>What a unit of a prelude does to the conversation.</summary>
internal enum UpgradeTransition
{
    /// <summary>Nothing that is told: capabilities, other commands, and whatever is nobody's business.</summary>
    Unsaid,

    /// <summary>Worth an arrow.</summary>
    Said,

    /// <summary>The wish for TLS, or for the way on.</summary>
    Asked,

    /// <summary>Granted: what follows in both directions is another protocol.</summary>
    Accepted,

    /// <summary>The client begins its session in clear without having asked: the conversation is told, and not followed beyond the first answer.</summary>
    Unasked,

    /// <summary>Not granted: the conversation goes on in clear or ends, and is not followed further.</summary>
    Refused,
}
