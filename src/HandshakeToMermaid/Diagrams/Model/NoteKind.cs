namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>What a note is about: outputs that have colors set it apart by this.</summary>
internal enum NoteKind
{
    /// <summary>A header, or a remark.</summary>
    Plain,

    /// <summary>What the connection came to.</summary>
    Verdict,

    /// <summary>Where the cause of a failure shows.</summary>
    Problem,

    /// <summary>Where something shows that works and should not be so.</summary>
    Warning,

    /// <summary>What a peer has to check.</summary>
    Check,

    /// <summary>Time in which nothing was sent.</summary>
    Wait,
}
