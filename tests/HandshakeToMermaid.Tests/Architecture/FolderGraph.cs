namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>Which folder uses which others.</summary>
internal sealed class FolderGraph
{
    private readonly Dictionary<string, HashSet<string>> uses = [];

    public FolderGraph(IEnumerable<Reference> references)
    {
        foreach (var reference in references)
        {
            if (!uses.TryGetValue(reference.From, out var targets)) uses[reference.From] = targets = [];
            targets.Add(reference.To);
        }
    }

    /// <summary>
    /// One cycle for each group of folders that use each other, as the folders on the way, the shortest that leads through the group's first
    /// folder; empty where the folders have an order.
    /// </summary>
    public IEnumerable<IReadOnlyList<string>> Cycles()
    {
        var covered = new HashSet<string>();
        foreach (var folder in uses.Keys.Order(StringComparer.Ordinal))
        {
            if (covered.Contains(folder) || WayBackTo(folder) is not { } cycle) continue;
            covered.UnionWith(cycle);
            yield return cycle;
        }
    }

    /// <summary>The shortest way from a folder to itself; null where there is none.</summary>
    private List<string>? WayBackTo(string folder)
    {
        var cameFrom = new Dictionary<string, string>();
        var next = new Queue<string>([folder]);
        while (next.TryDequeue(out var at))
        {
            foreach (var target in uses.GetValueOrDefault(at, []).Order(StringComparer.Ordinal))
            {
                if (target == folder) return WayOver(at);
                if (cameFrom.TryAdd(target, at)) next.Enqueue(target);
            }
        }

        return null;

        List<string> WayOver(string last)
        {
            var way = new List<string> { folder };
            for (var at = last; at != folder; at = cameFrom[at]) way.Insert(0, at);
            way.Insert(0, folder);
            return way;
        }
    }
}
