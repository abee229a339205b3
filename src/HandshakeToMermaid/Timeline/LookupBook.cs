using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Timeline;

/// <summary>
/// Remembers look-ups: which name a client had learned an address by, and which names it could not resolve. Bounded by
/// <see cref="AnalyzerLimits.RememberedLookups"/>; the oldest are forgotten first.
/// </summary>
public sealed class LookupBook(AnalyzerLimits limits)
{
    /// <summary>Names that were looked up and that no connection used.</summary>
    public int Unused { get; private set; }

    /// <summary>Takes a finished look-up.</summary>
    public LookupGroup Add(NameLookup lookup)
    {
        var group = GroupOf(lookup);
        for (var i = 0; i < lookup.Addresses.Count; i++)
        {
            var address = lookup.Addresses[i];
            (byAddress[(group.Client, address)], byServer[address]) = (group, group);
        }

        return group;
    }

    /// <summary>
    /// The look-ups by which <paramref name="client"/> knew <paramref name="server"/> at the time of its SYN. With a
    /// server name given, only look-ups of that very name: several names share an address.
    /// </summary>
    public LookupGroup? Find(IpAddress client, IpAddress server, string? serverName, Timestamp syn)
    {
        var group = serverName is null
            ? ByAddress(client, server)
            : byName.GetValueOrDefault(new AskedName(client, Fold(serverName))) ?? ByAddress(client, server);
        if (group is null || !group.Brought(server)) return null;
        if (serverName is not null && Fold(group.Name) != Fold(serverName)) return null;
        return group.FirstAsked > syn ? null : group;
    }

    /// <summary>A client begins to connect: notes whether its look-ups are part of that visit.</summary>
    public void Opened(Flow flow)
    {
        if (ByAddress(flow.Initiator.Address, flow.Responder.Address) is { } group && Claim(group, flow)) visits[flow.Ticket] = group;
    }

    /// <summary>
    /// A connection is over: true where <paramref name="named"/>, the look-ups that named it, were part of its visit. At its
    /// beginning only the address was known; where several names share that, the name it asked for decides now.
    /// </summary>
    public bool Ended(Flow flow, LookupGroup? named) =>
        named is not null && ((visits.TryGetValue(flow.Ticket, out var visited) && named == visited) || Claim(named, flow));

    /// <summary>Nothing more is to be asked about a connection that is over.</summary>
    public void Closed(Flow flow, LookupGroup? named)
    {
        if (visits.Remove(flow.Ticket, out var visited)) visited.Release(flow);
        named?.Release(flow);
    }

    /// <summary>The same of a connection that goes on: nothing is noted.</summary>
    public bool IsPartOfVisit(Flow flow, LookupGroup? named) =>
        named is not null && ((visits.TryGetValue(flow.Ticket, out var visited) && named == visited) || named.Fits(flow));

    /// <summary>A name that a client learned <paramref name="server"/> by; null where none is known.</summary>
    public string? NameOf(IpAddress client, IpAddress server) => ByAddress(client, server)?.Name;

    private bool Claim(LookupGroup group, Flow flow)
    {
        var wasUsed = group.IsUsed;
        if (!group.Claim(flow)) return false;
        if (!wasUsed) Unused--;
        return true;
    }

    private LookupGroup? ByAddress(IpAddress client, IpAddress server)
    {
        if (byAddress.TryGetValue((client, server), out var group)) return group;
        return byServer.TryGetValue(server, out group) && SameHost.IsPossible(group.Client, client) ? group : null;
    }

    private LookupGroup GroupOf(NameLookup lookup)
    {
        var key = new AskedName(lookup.Client.Address, Fold(lookup.Name));
        var asked = lookup.Queries.Count > 0 ? lookup.Queries[0].Time : lookup.Answer.Time;
        if (byName.TryGetValue(key, out var group) && asked - group.LastActivity < SameGo && !group.IsShort && !group.HasAnswered(lookup.Type))
        {
            group.Add(lookup);
            return group;
        }
        group = new LookupGroup(lookup);
        byName[key] = group;
        Unused++;
        recent.Enqueue(group);
        if (recent.Count > Math.Min(limits.RecentLookups, limits.RememberedLookups)) Shelve(recent.Dequeue());
        if (recent.Count + shelved.Count > limits.RememberedLookups) Forget(shelved.Dequeue());
        return group;
    }

    /// <summary>One that was asked a while ago: where its connection came and went, only the name is kept.</summary>
    private void Shelve(LookupGroup old)
    {
        old.Shelve();
        shelved.Enqueue(old);
    }

    private void Forget(LookupGroup old)
    {
        Remove(byName, new AskedName(old.Client, Fold(old.Name)), old);
        foreach (var address in old.Addresses)
        {
            Remove(byAddress, (old.Client, address), old);
            Remove(byServer, address, old);
        }
    }

    private static void Remove<TKey>(Dictionary<TKey, LookupGroup> index, TKey key, LookupGroup old)
        where TKey : notnull
    {
        if (index.TryGetValue(key, out var current) && current == old) index.Remove(key);
    }

    private static string Fold(string name) => name.ToLowerInvariant();

    /// <summary>
    /// Resolvers ask again after 5 seconds at most (resolv.conf's default timeout); a later question is another go, and so
    /// is one whose answer is already known.
    /// </summary>
    private static readonly Duration SameGo = Duration.FromSeconds(6);

    private readonly Dictionary<(IpAddress Client, IpAddress Server), LookupGroup> byAddress = [];
    private readonly Dictionary<IpAddress, LookupGroup> byServer = [];
    private readonly Dictionary<AskedName, LookupGroup> byName = [];
    private readonly Dictionary<long, LookupGroup> visits = [];
    private readonly Queue<LookupGroup> recent = new();
    private readonly Queue<LookupGroup> shelved = new();

    /// <summary>A name in lower case, and who asked for it.</summary>
    private readonly record struct AskedName(IpAddress Client, string Name);
}
