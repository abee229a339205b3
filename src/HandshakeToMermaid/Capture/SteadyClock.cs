namespace HandshakeToMermaid.Capture;

/// <summary>
/// Recognises a wrong time stamp: that of a single frame which lies far from the frame before it and from the frame after it, while
/// those agree with each other. A clock that jumps and stays there is believed.
/// </summary>
internal struct SteadyClock
{
    private Timestamp last;
    private bool hasLast;

    /// <summary>True if the time deviates so much that only the next frame can confirm it.</summary>
    public readonly bool Doubts(Timestamp time) => hasLast && IsFar(time, last);

    /// <summary>Accepts a time.</summary>
    public void Accept(Timestamp time) => (last, hasLast) = (time, true);

    /// <summary>The time of a doubted frame, given that of the next one: its own, or that of the frame before it.</summary>
    public Timestamp Settle(Timestamp doubted, Timestamp next)
    {
        if (!IsFar(doubted, next) || Distance(last, next) >= Distance(doubted, next)) last = doubted;
        return last;
    }

    private static bool IsFar(Timestamp one, Timestamp other) => Distance(one, other) > (ulong)Far.Nanoseconds;

    private static ulong Distance(Timestamp one, Timestamp other) =>
        one > other ? (ulong)one.Nanoseconds - (ulong)other.Nanoseconds : (ulong)other.Nanoseconds - (ulong)one.Nanoseconds;

    /// <summary>Frames of several queues and interfaces are out of order by seconds at most.</summary>
    private static readonly Duration Far = Duration.FromSeconds(60);
}
