namespace HandshakeToMermaid.Streams;

/// <summary>Why bytes of a stream are missing. These are different facts and are reported separately (design rule 6).</summary>
internal enum GapKind : byte
{
    /// <summary>The capture never saw them, though the peer acknowledged them or later bytes arrived.</summary>
    NotCaptured,

    /// <summary>The frame was captured, but cut by the snap length.</summary>
    CutShort,

    /// <summary>The capture began after the stream did.</summary>
    JoinedMidway,

    /// <summary>More was waiting out of order than this program keeps.</summary>
    CapReached,

    /// <summary>The receiver never had them either: lost on the path, and not by the capture; see <see cref="Tcp.PathLoss"/>.</summary>
    LostOnPath,
}
