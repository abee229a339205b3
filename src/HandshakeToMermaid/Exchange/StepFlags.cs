namespace HandshakeToMermaid.Exchange;

/// <summary>What is true of a step of a row; each is a member of that name in JSON.</summary>
[Flags]
internal enum StepFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It was never answered, or ends the connection.</summary>
    DeadEnd = 1,

    /// <summary>It is a part of an orderly end.</summary>
    Routine = 2,

    /// <summary>Its direction's bytes end with it.</summary>
    EndOfStream = 4,

    /// <summary>It stands for several that say the same.</summary>
    Repeated = 8,

    /// <summary>It carries no facts of its own.</summary>
    Minor = 16,

    /// <summary>It repairs or reports a loss.</summary>
    Recovery = 32,

    /// <summary>It was sent under the keys of the handshake.</summary>
    Encrypted = 64,
}
