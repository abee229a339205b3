namespace HandshakeToMermaid.Timeline;

/// <summary>Walks through groups of look-ups from the newest to the oldest.</summary>
/// <param name="known">One group, or a list of several in the order in which they were asked.</param>
/// <param name="most">How many are walked through.</param>
internal struct NewestGroups(object? known, int most)
{
    private int at = known is List<LookupGroup> list ? list.Count : 1;
    private int left = most;

    /// <summary>The group at hand.</summary>
    public LookupGroup Current { get; private set; } = null!;

    /// <summary>For foreach.</summary>
    public readonly NewestGroups GetEnumerator() => this;

    /// <summary>Goes to the next older one.</summary>
    public bool MoveNext()
    {
        if (known is null || --at < 0 || --left < 0) return false;
        Current = known is List<LookupGroup> groups ? groups[at] : (LookupGroup)known;
        return true;
    }
}
