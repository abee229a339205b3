namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>What a band tells; decides its colour.</summary>
public enum BandKind
{
    /// <summary>Name look-up.</summary>
    Dns,

    /// <summary>Transport handshake.</summary>
    Tcp,

    /// <summary>What is said before TLS on the same connection.</summary>
    Prelude,

    /// <summary>Security handshake.</summary>
    Tls,

    /// <summary>What the handshake was made for, and the end.</summary>
    Data,

    /// <summary>An attempt that others made good.</summary>
    Attempt,

    /// <summary>No band: an arrow of an overview.</summary>
    Plain,

    /// <summary>Where it failed.</summary>
    Failure,
}
