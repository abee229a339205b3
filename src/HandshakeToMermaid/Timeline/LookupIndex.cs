namespace HandshakeToMermaid.Timeline;

/// <summary>Groups of look-ups under a key, in the order in which they were asked. Most keys have one.</summary>
/// <typeparam name="TKey">What they are found by.</typeparam>
internal sealed class LookupIndex<TKey>
    where TKey : notnull
{
    /// <summary>Notes a group; one that is known under this key stays where it is.</summary>
    public void Add(TKey key, LookupGroup group)
    {
        if (!groups.TryGetValue(key, out var known))
        {
            groups[key] = group;
            return;
        }

        if (known is not List<LookupGroup> list)
        {
            if (known == group) return;
            groups[key] = list = new(4) { (LookupGroup)known };
        }

        var at = list.Count;
        while (at > 0 && list[at - 1].Ticket > group.Ticket) at--;
        if (at > 0 && list[at - 1] == group) return;
        list.Insert(at, group);
        if (list.Count > 2 * MostLookedAt) list.RemoveRange(0, MostLookedAt);
    }

    /// <summary>How many there are.</summary>
    public int Count(TKey key) => !groups.TryGetValue(key, out var known) ? 0 : known is List<LookupGroup> list ? list.Count : 1;

    /// <summary>The groups, newest first, not more than are ever looked at.</summary>
    public NewestGroups NewestOf(TKey key) => groups.TryGetValue(key, out var known) ? new(known, MostLookedAt) : default;

    /// <summary>Forgets a group, most often the oldest.</summary>
    public void Remove(TKey key, LookupGroup group)
    {
        if (!groups.TryGetValue(key, out var known)) return;
        if (known == group)
        {
            groups.Remove(key);
        }
        else if (known is List<LookupGroup> list)
        {
            list.Remove(group);
            if (list.Count == 0) groups.Remove(key);
        }
    }

    /// <summary>A busy client asks for one name a few times while its connections go on; what is older than that led to none of them.</summary>
    private const int MostLookedAt = 512;

    /// <summary>A group, or a list of several.</summary>
    private readonly Dictionary<TKey, object> groups = [];
}
