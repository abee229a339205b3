namespace HandshakeToMermaid;

/// <summary>What was read of a capture as a whole.</summary>
public sealed class HandshakeReadSummary
{
    internal HandshakeReadSummary()
    {
    }

    /// <summary>The number of frames.</summary>
    public required long Frames { get; init; }

    /// <summary>The number of handshakes.</summary>
    public required int Handshakes { get; init; }

    /// <summary>
    /// What could not be read, a sentence each: a truncated file, frames of an unknown link type, limits that were reached, frames that were
    /// dropped while capturing. Empty where the capture was read completely.
    /// </summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
