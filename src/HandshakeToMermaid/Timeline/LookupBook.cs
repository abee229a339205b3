using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Timeline;

/// <summary>
/// Remembers look-ups: which name a client had learned an address by, and which names it could not resolve. Bounded by
/// <see cref="AnalyzerLimits.RememberedLookups"/>; the oldest are forgotten first.
/// <para>
/// Connections are given their look-ups in the order of their SYNs, whichever ends first: before one that is over is served, those that
/// began before it are, as far as the name that they ask for is known by then.
/// </para>
/// </summary>
/// <param name="limits">How much is remembered.</param>
/// <param name="askedName">The server's name as a connection that goes on asks for it (SNI); null where that is not known.</param>
public sealed class LookupBook(AnalyzerLimits limits, Func<Flow, string?>? askedName = null)
{
    /// <summary>Names that were looked up and that no connection used.</summary>
    public int Unused { get; private set; }

    /// <summary>A question was sent: the look-up belongs to what its client is resolving, or begins something new.</summary>
    public LookupGroup Began(NameLookup lookup)
    {
        var group = GroupOf(lookup);
        group.Add(lookup);
        waiting[lookup.Ticket] = group;
        NoteUnresolved(group);
        return group;
    }

    /// <summary>Takes a finished look-up, also one whose question was never seen.</summary>
    public LookupGroup Add(NameLookup lookup)
    {
        lookup.IsOver = true;
        if (waiting.Remove(lookup.Ticket, out var group)) group.Finish(lookup);
        else (group = GroupOf(lookup)).Add(lookup);

        for (var i = 0; i < lookup.Addresses.Count; i++)
        {
            byAddress.Add((group.Client, lookup.Addresses[i]), group);
            byServer.Add(lookup.Addresses[i], group);
        }

        if (!group.HasAddress && lookup.Answer.IsSet) NoteFailed(group);
        NoteUnresolved(group);
        return group;
    }

    /// <summary>A resolution that led nowhere has been told.</summary>
    public void Settled(LookupGroup group)
    {
        group.Settle();
        group.ForgetFollowers();
        NoteResolved(group);
        Remove(failed, group);
    }

    /// <summary>
    /// True where its client asked a server for the very name, although no answer with an address was seen: the answer was given, and not
    /// captured.
    /// </summary>
    public bool HasLedToConnection(LookupGroup group) => group.IsUsed || group.IsReached || (askedName is not null && group.HasFollower(askedName));

    /// <summary>
    /// The look-ups by which <paramref name="client"/> knew <paramref name="server"/> at the time of its SYN. With a
    /// server name given, only look-ups of that very name: several names share an address.
    /// </summary>
    public LookupGroup? Find(IpAddress client, IpAddress server, string? serverName, Timestamp syn) => Choose(client, server, serverName, syn, null).Group;

    /// <summary>A client begins to connect.</summary>
    public void Opened(Flow flow)
    {
        if (unresolved.TryGetValue(flow.Initiator.Address, out var groups))
        {
            foreach (var group in groups) group.NoteFollower(flow);
        }

        var key = (flow.Initiator.Address, flow.Responder.Address);
        if (!byAddress.Has(key) && !byServer.Has(flow.Responder.Address)) return;
        if (!opened.TryGetValue(key, out var flows)) opened[key] = flows = spare.TryPop(out var used) ? used : [];
        flows.Add(flow);
    }

    /// <summary>What a connection that is over belongs to.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="client">Its client.</param>
    /// <param name="server">Its server.</param>
    /// <param name="serverName">The server's name as the client asked for it; null where it named none.</param>
    public LookupMatch Ended(Flow flow, IpAddress client, IpAddress server, string? serverName)
    {
        ServeThoseBefore(flow);
        return Serve(flow, client, server, serverName);
    }

    /// <summary>The same of a connection that goes on: nothing is noted.</summary>
    public LookupMatch SoFar(Flow flow, IpAddress client, IpAddress server, string? serverName)
    {
        if (served.TryGetValue(flow.Ticket, out var known)) return known;
        var match = Choose(client, server, serverName, flow.First.Time, flow);
        return match with { IsPartOfVisit = match.Group?.Fits(flow) == true };
    }

    /// <summary>Nothing more is to be asked about a connection that is over.</summary>
    public void Closed(Flow flow)
    {
        if (served.Remove(flow.Ticket, out var match)) match.Group?.Release(flow);

        // What it asked for is noted by now, and its bytes may be read by another thread from here on.
        if (unresolved.TryGetValue(flow.Initiator.Address, out var groups))
        {
            foreach (var group in groups) group.ForgetFollower(flow);
        }

        var key = (flow.Initiator.Address, flow.Responder.Address);
        if (!opened.TryGetValue(key, out var flows) || !flows.Remove(flow) || flows.Count > 0) return;
        opened.Remove(key);
        if (spare.Count < SpareLists) spare.Push(flows);
    }

    private void ServeThoseBefore(Flow flow)
    {
        if (askedName is null || !opened.TryGetValue((flow.Initiator.Address, flow.Responder.Address), out var flows)) return;
        for (var i = 0; i < Math.Min(flows.Count, MostAtOnce) && flows[i] != flow; i++)
        {
            var earlier = flows[i];
            if (served.ContainsKey(earlier.Ticket) || askedName(earlier) is not { } name) continue;
            Serve(earlier, earlier.Initiator.Address, earlier.Responder.Address, name);
        }
    }

    private LookupMatch Serve(Flow flow, IpAddress client, IpAddress server, string? serverName)
    {
        if (served.TryGetValue(flow.Ticket, out var known)) return known;
        if (serverName is not null && unresolvedGroups > 0) NoteReached(client, serverName, flow.First.Time);
        var match = Choose(client, server, serverName, flow.First.Time, flow);
        var isPart = match.Group is { } group && Claim(group, flow);
        return served[flow.Ticket] = match with { IsPartOfVisit = isPart };
    }

    private bool Claim(LookupGroup group, Flow flow)
    {
        var wasUsed = group.IsUsed;
        if (!group.Claim(flow)) return false;
        if (!wasUsed) Unused--;
        return true;
    }

    /// <summary>Who asks for a name knows it: other names of the address don't matter. Who asks for none may mean any of those that share it.</summary>
    private LookupMatch Choose(IpAddress client, IpAddress server, string? serverName, Timestamp syn, Flow? flow)
    {
        var choice = new LookupChoice(server, syn, flow, serverName is not null);
        LookupGroup? unanswered = null;
        if (serverName is null)
        {
            foreach (var group in byAddress.NewestOf((client, server), syn))
            {
                if (!choice.TryConsider(group)) break;
            }
        }
        else
        {
            foreach (var group in byName.NewestOf(new AskedName(client, Fold(serverName)), syn))
            {
                if (unanswered is null && group.LacksAnswerAt(syn)) unanswered = group;
                if (!choice.TryConsider(group)) break;
            }
        }

        if (choice.Best is null) ConsiderOthers(ref choice, client, server, serverName, syn);
        if (serverName is not null && unresolvedGroups > 0 && (unanswered ?? UnansweredOther(client, Fold(serverName), syn)) is { } lacking && (choice.Best is null || (choice.Best.IsUsed && lacking.Ticket > choice.Best.Ticket)))
            return new LookupMatch(lacking, serverName, false);
        return new LookupMatch(choice.Best, serverName ?? (choice.IsAmbiguous ? null : choice.Best?.Name), false);
    }

    /// <summary>
    /// The newest resolution of which no answer with an address was captured: of the name by who may be the same host, or of the name with a
    /// domain behind it.
    /// </summary>
    private LookupGroup? UnansweredOther(IpAddress client, string folded, Timestamp syn)
    {
        if (unresolved.TryGetValue(client, out var own)) return NewestUnanswered(own, folded, syn);
        if (unresolved.Count > MostAtOnce) return null;
        foreach (var (host, groups) in unresolved)
        {
            if (SameHost.IsPossible(host, client) && NewestUnanswered(groups, folded, syn) is { } group) return group;
        }

        return null;
    }

    private static LookupGroup? NewestUnanswered(List<LookupGroup> groups, string folded, Timestamp syn)
    {
        for (var i = groups.Count - 1; i >= 0; i--)
        {
            if (groups[i].IsFor(folded) && groups[i].LacksAnswerAt(syn)) return groups[i];
        }

        return null;
    }

    /// <summary>Who asks a server for a name has resolved it, whatever the capture holds of that.</summary>
    private void NoteReached(IpAddress client, string serverName, Timestamp syn)
    {
        var folded = Fold(serverName);
        var left = MostAtOnce;
        foreach (var group in byName.NewestOf(new AskedName(client, folded), syn))
        {
            if (--left < 0) break;
            if (group.LacksAnswerAt(syn)) group.IsReached = true;
        }

        if (!unresolved.TryGetValue(client, out var newest)) return;
        foreach (var group in newest)
        {
            if (group.IsFor(folded) && group.LacksAnswerAt(syn)) group.IsReached = true;
        }
    }

    /// <summary>What the same host asked from another address, and names that a search list made longer than what the client asks its server for.</summary>
    private void ConsiderOthers(ref LookupChoice choice, IpAddress client, IpAddress server, string? serverName, Timestamp syn)
    {
        var folded = serverName is null ? null : Fold(serverName);
        foreach (var group in byServer.NewestOf(server, syn))
        {
            var isWanted = folded is null || group.FoldedName == folded || (group.Client == client && SearchList.IsExtended(folded, group.FoldedName));
            if (isWanted && SameHost.IsPossible(group.Client, client) && !choice.TryConsider(group)) break;
        }
    }

    private LookupGroup GroupOf(NameLookup lookup)
    {
        var name = HostOf(lookup);
        var folded = Fold(name);
        var key = new AskedName(lookup.Client.Address, folded);
        LookupGroup? joined = null;
        var left = MostAtOnce;
        foreach (var known in byName.NewestOf(key))
        {
            if (lookup.First.Time - known.LastActivity >= SameGo || --left < 0) break;
            if (known.FoldedName != folded || !known.Admits(lookup)) continue;
            if (known.WasAskedFrom(lookup.Client)) return known;
            joined ??= known;
        }

        if (joined is not null) return joined;
        if (SearchedBefore(lookup, folded) is { } search)
        {
            search.GoOnWith(name, folded);
            byName.Add(key, search);
            return search;
        }

        return Begin(lookup, name, key);
    }

    private LookupGroup Begin(NameLookup lookup, string name, AskedName key)
    {
        var group = new LookupGroup(lookup, name, key.Name);
        byName.Add(key, group);
        Unused++;
        recent.Enqueue(group);
        if (recent.Count > Math.Min(limits.RecentLookups, limits.RememberedLookups)) Shelve(recent.Dequeue());
        if (recent.Count + shelved.Count > limits.RememberedLookups) Forget(shelved.Dequeue());
        return group;
    }

    private LookupGroup? SearchedBefore(NameLookup lookup, string folded)
    {
        if (!failed.TryGetValue(lookup.Client.Address, out var groups)) return null;
        for (var i = groups.Count - 1; i >= 0; i--)
        {
            if (groups[i].IsFollowedBy(lookup, folded)) return groups[i];
        }

        return null;
    }

    private void NoteUnresolved(LookupGroup group)
    {
        if (group.HasAddress)
        {
            group.ForgetFollowers();
            NoteResolved(group);
            Remove(failed, group);
            return;
        }

        if (!group.IsUnresolved) unresolvedGroups++;
        group.IsUnresolved = true;
        if (!unresolved.TryGetValue(group.Client, out var groups)) unresolved[group.Client] = groups = new(1);
        if (!groups.Contains(group)) groups.Add(group);
        if (groups.Count <= MostAtOnce) return;
        groups[0].ForgetFollowers();
        groups.RemoveAt(0);
    }

    private void NoteResolved(LookupGroup group)
    {
        if (!group.IsUnresolved) return;
        group.IsUnresolved = false;
        unresolvedGroups--;
        Remove(unresolved, group);
    }

    private static void Remove(Dictionary<IpAddress, List<LookupGroup>> index, LookupGroup group)
    {
        if (!index.TryGetValue(group.Client, out var groups)) return;
        groups.Remove(group);
        if (groups.Count == 0) index.Remove(group.Client);
    }

    private void NoteFailed(LookupGroup group)
    {
        if (!failed.TryGetValue(group.Client, out var groups)) failed[group.Client] = groups = new(1);
        groups.Remove(group);
        groups.Add(group);
        if (groups.Count > MostAtOnce) groups.RemoveAt(0);
    }

    /// <summary>
    /// The host that a look-up is about: the HTTPS record of a service on another port is asked for with prefixes before the name,
    /// "_8443._https.www.example.com" (RFC 9460 section 9.1).
    /// </summary>
    private static string HostOf(NameLookup lookup)
    {
        var name = lookup.Name;
        if (lookup.Type is not ("HTTPS" or "SVCB") || !name.StartsWith('_')) return name;
        var scheme = name.IndexOf("._", StringComparison.Ordinal);
        var host = scheme < 0 ? -1 : name.IndexOf('.', scheme + 1);
        return host < 0 || host + 1 >= name.Length ? name : name[(host + 1)..];
    }

    /// <summary>One that was asked a while ago: where its connection came and went, only the name is kept.</summary>
    private void Shelve(LookupGroup old)
    {
        old.Shelve();
        shelved.Enqueue(old);
    }

    private void Forget(LookupGroup old)
    {
        if (old.Tried is null) byName.Remove(new AskedName(old.Client, old.FoldedName), old);
        else foreach (var name in old.Tried) byName.Remove(new AskedName(old.Client, name), old);
        foreach (var address in old.Addresses)
        {
            byAddress.Remove((old.Client, address), old);
            byServer.Remove(address, old);
        }
    }

    private static string Fold(string name) => name.ToLowerInvariant();

    /// <summary>
    /// Resolvers ask again after 5 seconds at most (resolv.conf's default timeout); a later question is another go, and so
    /// is one whose answer is already known.
    /// </summary>
    private static readonly Duration SameGo = Duration.FromSeconds(6);

    /// <summary>Connections of one client to one server that are looked through, resolutions of one name and failed names of one client.</summary>
    private const int MostAtOnce = 64;

    private const int SpareLists = 1024;

    private readonly LookupIndex<(IpAddress Client, IpAddress Server)> byAddress = new();
    private readonly LookupIndex<IpAddress> byServer = new();
    private readonly LookupIndex<AskedName> byName = new();

    /// <summary>Look-ups that wait for their answers, by their tickets.</summary>
    private readonly Dictionary<long, LookupGroup> waiting = [];

    /// <summary>What the names of a client that led nowhere are, until they have been told.</summary>
    private readonly Dictionary<IpAddress, List<LookupGroup>> failed = [];

    /// <summary>The newest names of a client for which no address has been seen, until they have been told.</summary>
    private readonly Dictionary<IpAddress, List<LookupGroup>> unresolved = [];

    /// <summary>Connections that go on, in the order of their SYNs.</summary>
    private readonly Dictionary<(IpAddress Client, IpAddress Server), List<Flow>> opened = [];

    /// <summary>Those that were given their look-ups already, by their tickets.</summary>
    private readonly Dictionary<long, LookupMatch> served = [];

    private readonly Stack<List<Flow>> spare = new();
    private readonly Queue<LookupGroup> recent = new();
    private readonly Queue<LookupGroup> shelved = new();

    /// <summary>Names for which no address has been seen, of all clients.</summary>
    private int unresolvedGroups;

    /// <summary>A name in lower case, and who asked for it.</summary>
    private readonly record struct AskedName(IpAddress Client, string Name);
}
