namespace HandshakeToMermaid.Diagrams;

/// <summary>Phases of a connection that did not fail, and that a note stands for where there is no room for their arrows.</summary>
internal enum Folding
{
    /// <summary>All are drawn.</summary>
    None,

    /// <summary>A note stands for the transport's handshake.</summary>
    Transport,

    /// <summary>One stands for the resolution, too, and for the handshake with a proxy inside which another one follows.</summary>
    Resolution,
}
