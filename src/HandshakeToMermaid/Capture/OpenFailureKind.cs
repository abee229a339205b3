namespace HandshakeToMermaid.Capture;

/// <summary>Why a capture could not be opened, as far as it matters to the other captures of a set.</summary>
internal enum OpenFailureKind
{
    /// <summary>Its bytes are something else: a directory's readers pass over it.</summary>
    NotACapture,

    /// <summary>It is missing, there is no permission, or its version is unknown.</summary>
    Unreadable,

    /// <summary>It ends inside its header, as the newest file of a rotated set may.</summary>
    CutOff,
}
