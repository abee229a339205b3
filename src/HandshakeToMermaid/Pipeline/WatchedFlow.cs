using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Pipeline;

/// <summary>An open connection whose handshake is watched.</summary>
internal sealed class WatchedFlow(Flow flow)
{
    /// <summary>Its packets.</summary>
    public Flow Flow { get; } = flow;

    /// <summary>How far it is.</summary>
    public WatchStage Stage { get; set; }

    /// <summary>What was last reported of it.</summary>
    public WatchVerdict Reported { get; set; }

    /// <summary>Its number, once it is decided.</summary>
    public int Id { get; set; }

    /// <summary>True while it waits to be looked at because packets came.</summary>
    public bool IsTouched { get; set; }

    /// <summary>When it is looked at next though no packet comes, in nanoseconds of capture time; the greatest number where no look is noted.</summary>
    public long NextCheck { get; set; } = long.MaxValue;
}
