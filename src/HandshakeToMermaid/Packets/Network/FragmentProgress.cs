namespace HandshakeToMermaid.Packets.Network;

/// <summary>What a fragment did for its datagram.</summary>
internal enum FragmentProgress
{
    /// <summary>Others are missing.</summary>
    Waiting,

    /// <summary>It was the last one missing.</summary>
    Whole,

    /// <summary>It contradicts the others, or itself.</summary>
    Broken,
}
