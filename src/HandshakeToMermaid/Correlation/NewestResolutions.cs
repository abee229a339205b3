using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Correlation;

/// <summary>Enumerates resolutions from the newest to the oldest.</summary>
/// <param name="known">One group, or a list of several in the order in which they were asked.</param>
/// <param name="upTo">What was asked for later is passed over.</param>
internal struct NewestResolutions(object? known, Timestamp upTo)
{
    private int at = known is List<AskedGroup> list ? list.Count : 1;

    /// <summary>The current resolution.</summary>
    public DnsResolution Current { get; private set; } = null!;

    /// <summary>For foreach.</summary>
    public readonly NewestResolutions GetEnumerator() => this;

    /// <summary>Goes to the next older one.</summary>
    public bool MoveNext()
    {
        if (known is not List<AskedGroup> groups)
        {
            Current = (DnsResolution)known!;
            return known is not null && --at >= 0 && Current.FirstAsked <= upTo;
        }

        do at--;
        while (at >= 0 && groups[at].Asked > upTo);
        if (at < 0) return false;
        Current = groups[at].Group;
        return true;
    }
}
