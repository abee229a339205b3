using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// Stores DNS queries: by which name a client learned an address, and which names it could not resolve. Bounded by
/// <see cref="AnalyzerLimits.RememberedQueries"/>; the oldest are forgotten first.
/// <para>
/// Connections receive their queries in the order of their SYNs, whichever ends first: before one that is over is served, those that
/// began before it are, as far as the name that they ask for is known by then.
/// </para>
/// </summary>
/// <param name="limits">How much is remembered.</param>
/// <param name="askedName">The server's name as a connection that goes on asks for it (SNI); null where that is not known.</param>
/// <param name="readName">The same where only reading the whole connection shows it; asked a few times of each at most. Null for never.</param>
internal sealed class DnsCorrelator(AnalyzerLimits limits, Func<Flow, string?>? askedName = null, Func<Flow, string?>? readName = null)
{
    /// <summary>Names that were looked up and that no connection used.</summary>
    public int Unused { get; private set; }

    /// <summary>A query was sent: it belongs to a resolution of its client that goes on, or begins a new one.</summary>
    public DnsResolution Began(DnsQuery query)
    {
        var group = GroupOf(query);
        group.Add(query);
        waiting[query.Ordinal] = group;
        unresolved.Note(group);
        return group;
    }

    /// <summary>Adds a completed query, also one whose question was never seen.</summary>
    public DnsResolution Add(DnsQuery query)
    {
        query.IsOver = true;
        if (waiting.Remove(query.Ordinal, out var group)) group.Finish(query);
        else (group = GroupOf(query)).Add(query);

        for (var i = 0; i < query.Addresses.Count; i++)
        {
            byAddress.Add((group.Client, query.Addresses[i]), group);
            byServer.Add(query.Addresses[i], group);
        }

        if (!group.HasAddress && query.Answer.IsSet) unresolved.NoteFailed(group);
        unresolved.Note(group);
        return group;
    }

    /// <summary>True while a query awaits its answer.</summary>
    public bool IsWaiting(long ordinal) => waiting.ContainsKey(ordinal);

    /// <summary>What became of a resolution is decided. A connection that goes on and asks for its name may have it when it is over.</summary>
    /// <param name="group">The resolution.</param>
    /// <param name="hasLed">True where it has led to a connection (<see cref="HasLedToConnection"/>).</param>
    public void Complete(DnsResolution group, bool hasLed = false)
    {
        group.Complete();
        if (!hasLed || !group.HasFollowers) unresolved.Remove(group);
    }

    /// <summary>
    /// True where its client asked a server for the very name, although no answer with an address was seen: the answer was given, and not
    /// captured.
    /// </summary>
    public bool HasLedToConnection(DnsResolution group) => group.IsUsed || group.IsReached || (askedName is not null && group.HasFollower(NameOf));

    /// <summary>
    /// The queries by which <paramref name="client"/> knew <paramref name="server"/> at the time of its SYN; null where there are none.
    /// With a server name given, only queries for exactly that name: several names share an address.
    /// </summary>
    public DnsResolution? Find(IpAddress client, IpAddress server, string? serverName, Timestamp syn) => Choose(client, server, serverName, syn, null).Group;

    /// <summary>A client begins to connect.</summary>
    public void Opened(Flow flow)
    {
        foreach (var group in unresolved.Of(flow.Initiator.Address))
        {
            if (group.IsUndecidedAt(flow.First.Time, patience)) group.NoteFollower(flow);
        }

        var key = (flow.Initiator.Address, flow.Responder.Address);
        if (!byAddress.Has(key) && !byServer.Has(flow.Responder.Address)) return;
        if (!opened.TryGetValue(key, out var flows)) opened[key] = flows = spare.TryPop(out var used) ? used : [];
        if (flows.Count < MaxOpened) flows.Add(flow);
    }

    /// <summary>What a connection that is over belongs to.</summary>
    /// <param name="flow">The connection.</param>
    /// <param name="client">Its client.</param>
    /// <param name="server">Its server.</param>
    /// <param name="serverName">The server's name as the client asked for it; null where it named none.</param>
    public ResolutionMatch Ended(Flow flow, IpAddress client, IpAddress server, string? serverName)
    {
        ServeThoseBefore(flow);
        return Serve(flow, client, server, serverName);
    }

    /// <summary>The same of a connection that goes on: nothing is noted.</summary>
    public ResolutionMatch SoFar(Flow flow, IpAddress client, IpAddress server, string? serverName)
    {
        if (served.TryGetValue(flow.Ordinal, out var known)) return known;
        var match = Choose(client, server, serverName, flow.First.Time, flow);
        return match with { IsPartOfConnection = match.Group?.Fits(flow) == true };
    }

    /// <summary>Nothing more is to be asked about a connection that is over.</summary>
    public void Closed(Flow flow)
    {
        if (served.Remove(flow.Ordinal, out var match)) match.Group?.Release(flow);

        // What it asked for is noted by now, and its bytes may be read by another thread from here on.
        unresolved.Forget(flow);
        readNames.Remove(flow.Ordinal);

        var key = (flow.Initiator.Address, flow.Responder.Address);
        if (!opened.TryGetValue(key, out var flows) || !flows.Remove(flow) || flows.Count > 0) return;
        opened.Remove(key);
        if (spare.Count < SpareLists) spare.Push(flows);
    }

    /// <summary>The server's name as a connection that goes on asks for it, read as a whole where its first bytes alone do not show it.</summary>
    private string? NameOf(Flow flow)
    {
        if (askedName?.Invoke(flow) is { } name) return name;
        var known = readNames.GetValueOrDefault(flow.Ordinal);
        if (readName is not null && known.Name is null && known.Reads < MaxReads) readNames[flow.Ordinal] = known = (readName(flow), known.Reads + 1);
        return known.Name;
    }

    private void ServeThoseBefore(Flow flow)
    {
        if (askedName is null || !opened.TryGetValue((flow.Initiator.Address, flow.Responder.Address), out var flows)) return;
        for (var i = 0; i < Math.Min(flows.Count, MaxAtOnce) && flows[i] != flow; i++)
        {
            var earlier = flows[i];
            if (served.ContainsKey(earlier.Ordinal) || askedName(earlier) is not { } name) continue;
            Serve(earlier, earlier.Initiator.Address, earlier.Responder.Address, name);
        }
    }

    private ResolutionMatch Serve(Flow flow, IpAddress client, IpAddress server, string? serverName)
    {
        if (served.TryGetValue(flow.Ordinal, out var known)) return known;
        if (serverName is not null && !unresolved.IsEmpty) NoteReached(client, serverName, flow.First.Time);
        var match = Choose(client, server, serverName, flow.First.Time, flow);
        var isPart = match.Group is { } group && Claim(group, flow);
        return served[flow.Ordinal] = match with { IsPartOfConnection = isPart };
    }

    private bool Claim(DnsResolution group, Flow flow)
    {
        var wasUsed = group.IsUsed;
        if (!group.Claim(flow)) return false;
        if (!wasUsed) Unused--;
        return true;
    }

    /// <summary>A client that names the server decides it: other names of the address do not matter. Without a name, any that shares the address may be meant.</summary>
    private ResolutionMatch Choose(IpAddress client, IpAddress server, string? serverName, Timestamp syn, Flow? flow)
    {
        var choice = new ResolutionChoice(server, syn, flow, serverName is not null);
        DnsResolution? unanswered = null;
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
        if (serverName is not null && !unresolved.IsEmpty && (unanswered ?? unresolved.Find(client, Fold(serverName), syn)) is { } lacking && (choice.Best is null || (choice.Best.IsUsed && lacking.Ordinal > choice.Best.Ordinal)))
            return new ResolutionMatch(lacking, serverName, false);
        return new ResolutionMatch(choice.Best, serverName ?? (choice.IsAmbiguous ? null : choice.Best?.Name), false);
    }

    /// <summary>A client that names the server has resolved that name, even where the capture lacks the answer.</summary>
    private void NoteReached(IpAddress client, string serverName, Timestamp syn)
    {
        var folded = Fold(serverName);
        var left = MaxAtOnce;
        foreach (var group in byName.NewestOf(new AskedName(client, folded), syn))
        {
            if (--left < 0) break;
            if (group.LacksAnswerAt(syn)) group.IsReached = true;
        }

        unresolved.MarkReached(client, folded, syn);
    }

    /// <summary>What the same host asked from another address, and names that a search list made longer than what the client asks its server for.</summary>
    private void ConsiderOthers(ref ResolutionChoice choice, IpAddress client, IpAddress server, string? serverName, Timestamp syn)
    {
        var folded = serverName is null ? null : Fold(serverName);
        foreach (var group in byServer.NewestOf(server, syn))
        {
            var isWanted = folded is null || group.FoldedName == folded || (group.Client == client && SearchList.IsExtended(folded, group.FoldedName));
            if (isWanted && SameHost.IsPossible(group.Client, client) && !choice.TryConsider(group)) break;
        }
    }

    private DnsResolution GroupOf(DnsQuery query)
    {
        var name = HostOf(query);
        var folded = Fold(name);
        var key = new AskedName(query.Client.Address, folded);
        DnsResolution? joined = null;
        var left = MaxAtOnce;
        foreach (var known in byName.NewestOf(key))
        {
            if (query.First.Time - known.LastActivity >= SameGo || --left < 0) break;
            if (known.FoldedName != folded || !known.Admits(query)) continue;
            if (known.WasAskedFrom(query.Client)) return known;
            joined ??= known;
        }

        if (joined is not null) return joined;
        if (unresolved.FindSearch(query, folded) is { } search)
        {
            search.GoOnWith(name, folded);
            byName.Add(key, search);
            return search;
        }

        return Begin(query, name, key);
    }

    private DnsResolution Begin(DnsQuery query, string name, AskedName key)
    {
        var group = new DnsResolution(query, name, key.Name);
        byName.Add(key, group);
        Unused++;
        recent.Enqueue(group);
        if (recent.Count > Math.Min(limits.RecentQueries, limits.RememberedQueries)) Shelve(recent.Dequeue());
        if (recent.Count + shelved.Count > limits.RememberedQueries) Forget(shelved.Dequeue());
        return group;
    }

    /// <summary>
    /// The host that a query is about: the HTTPS record of a service on another port is queried with prefixes before the name,
    /// "_8443._https.www.example.com" (RFC 9460 section 9.1).
    /// </summary>
    private static string HostOf(DnsQuery query)
    {
        var name = query.Name;
        if (query.Type is not ("HTTPS" or "SVCB") || !name.StartsWith('_')) return name;
        var scheme = name.IndexOf("._", StringComparison.Ordinal);
        var host = scheme < 0 ? -1 : name.IndexOf('.', scheme + 1);
        return host < 0 || host + 1 >= name.Length ? name : name[(host + 1)..];
    }

    /// <summary>An old resolution: where its connection is over, only the name and its addresses are retained.</summary>
    private void Shelve(DnsResolution old)
    {
        old.Shelve();
        shelved.Enqueue(old);
    }

    private void Forget(DnsResolution old)
    {
        if (old.Tried is null) byName.Remove(new AskedName(old.Client, old.FoldedName), old);
        else foreach (var name in old.Tried) byName.Remove(new AskedName(old.Client, name), old);
        var addresses = old.Addresses;
        for (var i = 0; i < addresses.Count; i++)
        {
            byAddress.Remove((old.Client, addresses[i]), old);
            byServer.Remove(addresses[i], old);
        }
    }

    private static string Fold(string name) => name.ToLowerInvariant();

    /// <summary>
    /// Resolvers ask again after 5 seconds at most (resolv.conf's default timeout); a later query begins a new resolution, and so
    /// is one whose answer is already known.
    /// </summary>
    private static readonly Duration SameGo = Duration.FromSeconds(6);

    /// <summary>Connections of one client to one server, and resolutions of one name, that are looked through.</summary>
    private const int MaxAtOnce = 64;

    /// <summary>Open connections of one client to one server that are served in the order of their SYNs; of more, each when it is over.</summary>
    private const int MaxOpened = 1024;

    private const int SpareLists = 1024;

    private readonly Duration patience = Duration.FromSeconds(limits.QuerySeconds);

    /// <summary>How often a connection is read to learn its server's name: what did not name it by then seldom does.</summary>
    private const int MaxReads = 3;

    private readonly ResolutionIndex<(IpAddress Client, IpAddress Server)> byAddress = new();
    private readonly ResolutionIndex<IpAddress> byServer = new();
    private readonly ResolutionIndex<AskedName> byName = new();

    /// <summary>Queries that await an answer, by ordinal.</summary>
    private readonly Dictionary<long, DnsResolution> waiting = [];

    private readonly UnresolvedNames unresolved = new();

    /// <summary>Connections that go on, in the order of their SYNs.</summary>
    private readonly Dictionary<(IpAddress Client, IpAddress Server), List<Flow>> opened = [];

    /// <summary>Connections that have received their queries already, by ordinal.</summary>
    private readonly Dictionary<long, ResolutionMatch> served = [];

    /// <summary>Names that connections ask for which go on, as far as they were read for that, by ordinal.</summary>
    private readonly Dictionary<long, (string? Name, int Reads)> readNames = [];

    private readonly Stack<List<Flow>> spare = new();
    private readonly Queue<DnsResolution> recent = new();
    private readonly Queue<DnsResolution> shelved = new();

    /// <summary>A name in lower case, and the client that queried it.</summary>
    private readonly record struct AskedName(IpAddress Client, string Name)
    {
        private readonly int hash = HashCode.Combine(Client, Name);

        public override int GetHashCode() => hash;
    }
}
