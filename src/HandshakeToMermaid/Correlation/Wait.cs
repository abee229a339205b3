using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Correlation;

/// <summary>Time between two frames of a connection that is part of no completed phase.</summary>
/// <param name="After">The frame of the step before it.</param>
/// <param name="Before">The frame of the step that ended it; null where nothing more was seen.</param>
/// <param name="Length">How long it took.</param>
/// <param name="By">Who was waited for.</param>
internal sealed record Wait(long After, long? Before, Duration Length, WaitFor By);
