using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>How a recorded capture happens again.</summary>
/// <param name="IsQuietBetween">True where it is said between frames that none came; false where frames always wait, as at high rates.</param>
/// <param name="Slower">How many times slower than it was.</param>
/// <param name="Longer">How long it is watched beyond the last frame.</param>
internal sealed record LivePace(bool IsQuietBetween = true, int Slower = 1, Duration Longer = default);
