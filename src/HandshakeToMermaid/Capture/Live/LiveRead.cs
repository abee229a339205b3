namespace HandshakeToMermaid.Capture.Live;

/// <summary>What a live source has at the moment.</summary>
internal enum LiveRead
{
    /// <summary>A frame.</summary>
    Frame,

    /// <summary>No frame came for a short while.</summary>
    Nothing,

    /// <summary>No frame will come: the interface is gone.</summary>
    End,
}
