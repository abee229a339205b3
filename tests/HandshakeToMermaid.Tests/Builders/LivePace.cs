using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>How a recorded capture happens again.</summary>
/// <param name="IsQuietBetween">True where it is said between frames that none came; false where frames always wait, as at high rates.</param>
/// <param name="Slower">How many times slower than it was.</param>
/// <param name="Longer">How long it is watched beyond the last frame.</param>
/// <param name="SetBack">How far the clock is set back before the eighth frame.</param>
internal sealed record LivePace(bool IsQuietBetween = true, int Slower = 1, Duration Longer = default, Duration SetBack = default)
{
    /// <summary>When a frame comes.</summary>
    /// <param name="mark">The frame as it was captured.</param>
    /// <param name="begun">When the first one was.</param>
    public Timestamp TimeOf(FrameMark mark, Timestamp begun)
    {
        var time = begun + new Duration((mark.Time - begun).Nanoseconds * Slower);
        return mark.Frame < 8 ? time : time + new Duration(-SetBack.Nanoseconds);
    }
}
