using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Correlation;

/// <summary>From one moment to another one.</summary>
/// <param name="Start">The first moment.</param>
/// <param name="End">The last one.</param>
internal readonly record struct TimeSpanned(Timestamp Start, Timestamp End)
{
    /// <summary>How long it is; nothing where the clock went back meanwhile.</summary>
    public Duration Length => End.Since(Start);
}
