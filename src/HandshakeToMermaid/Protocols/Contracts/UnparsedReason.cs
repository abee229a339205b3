namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>Why a part of a connection could not be read.</summary>
internal enum UnparsedReason
{
    /// <summary>Bytes that the capture does not hold.</summary>
    Gap,

    /// <summary>A frame cut by the snap length.</summary>
    CutPacket,

    /// <summary>Only one direction was captured.</summary>
    OneSided,

    /// <summary>The capture began inside the connection.</summary>
    JoinedMidway,

    /// <summary>Encrypted, and no secret fits.</summary>
    NoKeys,

    /// <summary>A cap of this program was reached.</summary>
    Cap,

    /// <summary>Bytes that contradict their protocol.</summary>
    Fault,
}
