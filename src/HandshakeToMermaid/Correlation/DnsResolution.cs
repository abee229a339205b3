using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// One resolution: the queries that one client sent to learn the addresses of one name. A, AAAA and HTTPS with their retries, the next
/// resolver where the first stays silent, the longer answer over TCP, the names of a search list.
/// </summary>
internal sealed class DnsResolution
{
    /// <param name="first">The query with which it begins.</param>
    /// <param name="name">The host that it asks for.</param>
    /// <param name="folded">The same in lower case.</param>
    internal DnsResolution(DnsQuery first, string name, string folded)
    {
        FoldedName = folded;
        Client = first.Client.Address;
        Ordinal = first.Ordinal;
        FirstAsked = first.First.Time;
        LastActivity = FirstAsked;
        this.name = name;
    }

    /// <summary>The client.</summary>
    public IpAddress Client { get; }

    /// <summary>The name in question; of a search list the one that led to an address, or what the program had asked for.</summary>
    public string Name => tried is null || HasAddress ? name : SearchList.Original(tried);

    /// <summary>The queries in the order in which they were sent.</summary>
    public IReadOnlyList<DnsQuery> Queries => queries;

    /// <summary>When something last happened in it.</summary>
    public Timestamp LastActivity { get; private set; }

    /// <summary>Order of first sight.</summary>
    public long Ordinal { get; }

    /// <summary>True where a connection used what was learned.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>True where an answer brought an address.</summary>
    public bool HasAddress { get; private set; }

    /// <summary>True while a question waits for its answer.</summary>
    public bool IsWaiting => waiting > 0;

    /// <summary>When its name was first asked for; the time of the answer where only that was seen.</summary>
    public Timestamp FirstAsked { get; private set; }

    /// <summary>The addresses that the answers brought.</summary>
    public IReadOnlyList<IpAddress> Addresses => addresses ?? (queries is [var only] ? only.Addresses : [.. queries.SelectMany(l => l.Addresses)]);

    /// <summary>True where only the name and its addresses are left.</summary>
    internal bool IsShort => addresses is not null;

    /// <summary>The name that is asked for now, in lower case.</summary>
    internal string FoldedName { get; private set; }

    /// <summary>The names of a search list that were tried, in lower case and in order; null where there was but one.</summary>
    internal IReadOnlyList<string>? Tried => tried;

    /// <summary>Newer resolutions exist: once its connection is over, it need not be stored whole.</summary>
    internal void Shelve()
    {
        isShelved = true;
        ShortenIfOver();
    }

    /// <summary>True where the client had this address by then.</summary>
    internal bool Brought(IpAddress address, Timestamp by)
    {
        if (addresses is not null) return firstAddress <= by && Array.IndexOf(addresses, address) >= 0;
        for (var i = 0; i < queries.Count; i++)
        {
            var query = queries[i];
            if (query.Addresses.Count > 0 && query.Answer.IsSet && query.Answer.Time <= by && query.Addresses.Contains(address)) return true;
        }

        return false;
    }

    /// <summary>
    /// True where a new query is part of this resolution: another type of its name, a failed one sent again, or one over TCP
    /// because an answer was truncated. An answered query is repeated only by another program, or later.
    /// </summary>
    internal bool Admits(DnsQuery query)
    {
        if (IsShort || IsCompleted) return false;
        for (var i = queries.Count - 1; i >= 0; i--)
        {
            var known = queries[i];
            if (known.Type != query.Type) continue;
            if (!known.IsOver) return known.Resolver != query.Resolver;
            if (known.IsFailure) return true;

            // getaddrinfo asks everything again over TCP where one answer was truncated, and once more where its buffer was too small for the long answer.
            if (!HasTruncated()) return false;
            return query.Transport == "tcp" ? known.Transport != "tcp" : known.Answer.Time <= query.First.Time && query.First.Time - LastActivity <= Immediately;
        }

        return true;
    }

    /// <summary>True where the same socket asked, or one that differs in nothing but the protocol.</summary>
    internal bool WasAskedFrom(IpEndpoint client)
    {
        for (var i = queries.Count - 1; i >= Math.Max(0, queries.Count - MaxSockets); i--)
        {
            if (queries[i].Client == client) return true;
        }

        return false;
    }

    /// <summary>True where a query for another name continues this failed resolution: the next domain of a search list.</summary>
    internal bool IsFollowedBy(DnsQuery query, string folded)
    {
        if (HasAddress || IsCompleted || IsShort || !query.IsForAddress) return false;
        return query.First.Time >= LastActivity && query.First.Time - LastActivity <= NextName && SearchList.IsNext(FoldedName, folded) && HasAnswerFrom(query.Resolver.Port);
    }

    /// <summary>True where any query was answered: of A and AAAA one answer may be missing from the capture, and a client that goes on has both.</summary>
    private bool HasAnswerFrom(ushort port)
    {
        for (var i = 0; i < queries.Count; i++)
        {
            if (queries[i].Answer.IsSet && queries[i].Resolver.Port == port) return true;
        }

        return false;
    }

    /// <summary>The search goes on with another name.</summary>
    internal void GoOnWith(string next, string folded)
    {
        tried ??= [FoldedName];
        if (!tried.Contains(folded)) tried.Add(folded);
        (name, FoldedName) = (next, tried[^1]);
    }

    /// <summary>True where it was decided what became of it: no query is added any more.</summary>
    internal bool IsCompleted { get; private set; }

    /// <summary>It is decided what became of it.</summary>
    internal void Complete() => IsCompleted = true;

    /// <summary>
    /// True where a new connection belongs with these queries: the first to use them, one that begins together with it, and the next
    /// address after one that gave no answer. A later connection uses its client's cache.
    /// </summary>
    internal bool Claim(Flow flow)
    {
        if (!Fits(flow)) return false;
        claimant = flow;
        IsUsed = true;
        return true;
    }

    /// <summary>True where <see cref="Claim"/> would be.</summary>
    internal bool Fits(Flow flow)
    {
        var waited = flow.First.Time - LastBefore(flow.First.Time);
        return !IsShort && waited <= SameConnection && !(IsTaken && waited > Together);
    }

    /// <summary>True where a connection that was answered has used it.</summary>
    internal bool IsTaken => isServed || claimant is { IsAnswered: true };

    /// <summary>When something last happened in it up to a time.</summary>
    internal Timestamp LastBefore(Timestamp time)
    {
        if (LastActivity <= time || IsShort) return LastActivity;
        var last = FirstAsked;
        for (var i = 0; i < queries.Count; i++)
        {
            var (asked, answered) = (queries[i].First.Time, queries[i].Answer);
            if (asked <= time && asked > last) last = asked;
            if (answered.IsSet && answered.Time <= time && answered.Time > last) last = answered.Time;
        }

        return last;
    }

    /// <summary>True where all that was asked had been answered by then.</summary>
    internal bool WasComplete(Timestamp by)
    {
        for (var i = 0; i < queries.Count; i++)
        {
            var query = queries[i];
            if (query.Answer.IsSet ? query.Answer.Time > by : !HasAnswered(query.Type)) return false;
        }

        return true;
    }

    /// <summary>True where more queries followed: a client that awaits their answers has not connected yet.</summary>
    internal bool WasGoingOn(Timestamp at)
    {
        for (var i = 0; i < queries.Count; i++)
        {
            if (queries[i].First.Time > at) return true;
        }

        return false;
    }

    /// <summary>The connection is over, and need not be remembered to know what became of it.</summary>
    internal void Release(Flow flow)
    {
        if (claimant != flow) return;
        isServed |= flow.IsAnswered;
        claimant = null;
        ShortenIfOver();
    }

    /// <summary>True where its client asked a server for its name afterwards: the answer was given.</summary>
    internal bool IsReached { get; set; }

    /// <summary>True while no address has been seen and it has not been reported.</summary>
    internal bool IsUnresolved { get; set; }

    /// <summary>True where it was going on, or over without an address, when a connection began that asked for its name.</summary>
    internal bool LacksAnswerAt(Timestamp syn) => !HasAddress && !IsShort && FirstAsked <= syn && syn - LastActivity <= SameConnection;

    /// <summary>
    /// True where it is not decided by then what became of it: a query waits, or the last answer came a moment before. Times alone say so, and not whether
    /// the deadline was looked at since.
    /// </summary>
    /// <param name="time">When.</param>
    /// <param name="patience">How long a query waits for its answer.</param>
    internal bool IsUndecidedAt(Timestamp time, Duration patience)
    {
        if (time - LastActivity <= Quiet) return true;
        for (var i = 0; i < queries.Count; i++)
        {
            if (queries[i] is { IsOver: false, Questions: [.., var last] } && time - last.Time <= patience) return true;
        }

        return false;
    }

    /// <summary>A connection of its client began while no address was known.</summary>
    internal void NoteFollower(Flow flow)
    {
        if (IsCompleted) return;
        followers ??= new(1);
        if (followers.Count < MaxFollowers) followers.Add(flow);
    }

    /// <summary>True where connections that go on began while no address was known.</summary>
    internal bool HasFollowers => followers is { Count: > 0 };

    /// <summary>One of them is over: its name is known elsewhere, and its object may become another flow. False where it was none of them.</summary>
    internal bool ForgetFollower(Flow flow) => followers?.Remove(flow) == true;

    /// <summary>They are not needed any more.</summary>
    internal void ForgetFollowers() => followers = null;

    /// <summary>True where one of them, which go on, asks for this name.</summary>
    internal bool HasFollower(Func<Flow, string?> askedName)
    {
        if (followers is null) return false;
        foreach (var flow in followers)
        {
            if (askedName(flow) is { } asked && IsFor(asked.ToLowerInvariant())) return true;
        }

        return false;
    }

    /// <summary>True where a client that asks its server for this name, in lower case, went through this resolution: a search list makes names longer.</summary>
    internal bool IsFor(string folded) => FoldedName == folded || SearchList.IsExtended(folded, FoldedName);

    /// <summary>Adds a query.</summary>
    internal void Add(DnsQuery query)
    {
        var at = queries.Count;
        while (at > 0 && queries[at - 1].Ordinal > query.Ordinal) at--;
        queries.Insert(at, query);
        if (!query.IsOver) waiting++;
        Note(query);
    }

    /// <summary>Completes a query.</summary>
    internal void Finish(DnsQuery query)
    {
        waiting--;
        if (IsShort) return;
        Note(query);
        ShortenIfOver();
    }

    private void Note(DnsQuery query)
    {
        var first = query.First.Time;
        if (first < FirstAsked) FirstAsked = first;
        if (query.Addresses.Count > 0 && query.Answer.IsSet && (!HasAddress || query.Answer.Time < firstAddress)) firstAddress = query.Answer.Time;
        HasAddress |= query.Addresses.Count > 0 && query.Answer.IsSet;
        var seen = query.Answer.IsSet ? query.Answer.Time : query.Questions[^1].Time;
        if (seen > LastActivity) LastActivity = seen;
    }

    private bool HasTruncated()
    {
        for (var i = 0; i < queries.Count; i++)
        {
            if (queries[i].Truncated.IsSet || queries[i].Transport == "tcp") return true;
        }

        return false;
    }

    private bool HasAnswered(string type)
    {
        for (var i = 0; i < queries.Count; i++)
        {
            if (queries[i].Type == type && queries[i].Answer.IsSet) return true;
        }

        return false;
    }

    /// <summary>Drops everything but the name and its addresses once no more is needed: the queries were reported with their connection.</summary>
    private void ShortenIfOver()
    {
        if (!isShelved || !isServed || claimant is not null || IsWaiting || IsShort) return;
        addresses = queries is [var only] && only.Addresses is IpAddress[] own ? own : [.. Addresses];
        queries = None;
    }

    /// <summary>Longer than a client waits between its own tries for one name.</summary>
    internal static readonly Duration Quiet = Duration.FromSeconds(10);

    /// <summary>A client connects when it has the answer; the next address is tried when the first SYNs timed out.</summary>
    private static readonly Duration SameConnection = Duration.FromSeconds(30);

    /// <summary>Connections remembered while an answer is awaited: one that waits this long is not what they wait for.</summary>
    private const int MaxFollowers = 16;

    /// <summary>Queries among which the same socket is searched: a resolver library uses one socket for a few queries, a burst of them one each.</summary>
    private const int MaxSockets = 16;

    /// <summary>Browsers open several connections at once.</summary>
    private static readonly Duration Together = Duration.FromMilliseconds(50);

    /// <summary>A stub resolver goes on with the next name as soon as it has the answer.</summary>
    private static readonly Duration NextName = Duration.FromMilliseconds(100);

    /// <summary>The same within one call.</summary>
    private static readonly Duration Immediately = Duration.FromMilliseconds(5);

    private static readonly List<DnsQuery> None = [];

    private List<DnsQuery> queries = new(2);
    private List<string>? tried;
    private string name;
    private IpAddress[]? addresses;
    private Timestamp firstAddress = new(long.MaxValue);
    private Flow? claimant;
    private List<Flow>? followers;
    private int waiting;
    private bool isServed;
    private bool isShelved;
}
