using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Correlation;

/// <summary>Resolutions under a key, in the order in which they began. Most keys have one.</summary>
/// <typeparam name="TKey">What they are found by.</typeparam>
internal sealed class ResolutionIndex<TKey>
    where TKey : notnull
{
    /// <summary>Notes a group; one that is known under this key stays where it is.</summary>
    public void Add(TKey key, DnsResolution group)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out _);
        known ??= group;
        if (known == group) return;
        if (known is not List<AskedGroup> list) known = list = new(4) { new AskedGroup((DnsResolution)known) };

        var at = PlaceBehind(list, group.Ordinal);
        if (at > 0 && list[at - 1].Group == group) return;
        list.Insert(at, new AskedGroup(group));
        if (list.Count > 2 * MaxSpare) list.RemoveRange(0, MaxSpare);
    }

    /// <summary>True where there are any.</summary>
    public bool Has(TKey key) => groups.ContainsKey(key);

    /// <summary>The groups, newest first.</summary>
    public NewestResolutions NewestOf(TKey key) => NewestOf(key, new Timestamp(long.MaxValue));

    /// <summary>The groups that were asked for up to a time, newest first.</summary>
    public NewestResolutions NewestOf(TKey key, Timestamp upTo) => groups.TryGetValue(key, out var known) ? new(known, upTo) : default;

    /// <summary>Forgets a group, most often the oldest.</summary>
    public void Remove(TKey key, DnsResolution group)
    {
        if (!groups.TryGetValue(key, out var known)) return;
        if (known == group)
        {
            groups.Remove(key);
        }
        else if (known is List<AskedGroup> list)
        {
            var at = PlaceBehind(list, group.Ordinal) - 1;
            if (at >= 0 && list[at].Group == group) list.RemoveAt(at);
            if (list.Count == 0) groups.Remove(key);
        }
    }

    /// <summary>The index behind the resolutions up to an ordinal: a server that many clients resolve has thousands.</summary>
    private static int PlaceBehind(List<AskedGroup> list, long ordinal)
    {
        if (list[^1].Group.Ordinal <= ordinal) return list.Count;
        var (low, high) = (0, list.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (list[middle].Group.Ordinal > ordinal) high = middle;
            else low = middle + 1;
        }

        return low;
    }

    /// <summary>A busy client asks for one name many times while its connections go on; what is older than that led to none of them.</summary>
    private const int MaxSpare = 2048;

    /// <summary>A group, or a list of several.</summary>
    private readonly Dictionary<TKey, object> groups = [];
}
