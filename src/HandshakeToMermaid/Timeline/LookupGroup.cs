using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Timeline;

/// <summary>The look-ups that one client made for one name in one go: A, AAAA and HTTPS, with their retries.</summary>
public sealed class LookupGroup
{
    internal LookupGroup(NameLookup first)
    {
        Client = first.Client.Address;
        Name = first.Name;
        Ticket = first.Ticket;
        Add(first);
    }

    /// <summary>Who asked.</summary>
    public IpAddress Client { get; }

    /// <summary>The name in question.</summary>
    public string Name { get; }

    /// <summary>The look-ups in the order in which they were asked.</summary>
    public IReadOnlyList<NameLookup> Lookups => lookups;

    /// <summary>When something last happened in it.</summary>
    public Timestamp LastActivity { get; private set; }

    /// <summary>Order of first sight.</summary>
    public long Ticket { get; }

    /// <summary>True where a connection used what was learned.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>True where an answer brought an address.</summary>
    public bool HasAddress { get; private set; }

    /// <summary>When its name was first asked for; the earliest time there is where only an answer was seen.</summary>
    public Timestamp FirstAsked { get; private set; } = new(long.MinValue);

    /// <summary>The addresses that the answers brought.</summary>
    public IReadOnlyList<IpAddress> Addresses => addresses ?? (IReadOnlyList<IpAddress>)[.. lookups.SelectMany(l => l.Addresses)];

    /// <summary>True where only the name and its addresses are left.</summary>
    internal bool IsShort => addresses is not null;

    /// <summary>Others have been asked for since: once its connection is over it need not be kept whole.</summary>
    internal void Shelve()
    {
        isShelved = true;
        if (isServed && claimant is null) Shorten();
    }

    /// <summary>True where an answer brought this address.</summary>
    internal bool Brought(IpAddress address)
    {
        if (addresses is not null) return Array.IndexOf(addresses, address) >= 0;
        for (var i = 0; i < lookups.Count; i++)
        {
            if (lookups[i].Addresses.Contains(address)) return true;
        }

        return false;
    }

    /// <summary>Forgets everything but the name and its addresses: the look-ups themselves are told with their connection.</summary>
    private void Shorten()
    {
        addresses = lookups is [var only] && only.Addresses is IpAddress[] own ? own : [.. Addresses];
        lookups = None;
    }

    /// <summary>True where a question of this type was answered with success.</summary>
    public bool HasAnswered(string type)
    {
        foreach (var lookup in lookups)
        {
            if (lookup.Type == type && !lookup.IsFailure) return true;
        }
        return false;
    }

    /// <summary>
    /// True where a connection that begins now belongs to the same visit as these look-ups: the first to use them, one
    /// that begins together with it, and the next address after one that gave no answer. A later connection uses what
    /// its client remembers.
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
        var waited = flow.First.Time - LastActivity;
        return !IsShort && waited <= SameVisit && !((isServed || claimant is { IsAnswered: true }) && waited > Together);
    }

    /// <summary>The connection is over, and need not be remembered to know what became of it.</summary>
    internal void Release(Flow flow)
    {
        if (claimant != flow) return;
        isServed |= flow.IsAnswered;
        claimant = null;
        if (isShelved && isServed && !IsShort) Shorten();
    }

    internal void Add(NameLookup lookup)
    {
        var at = lookups.Count;
        while (at > 0 && lookups[at - 1].Ticket > lookup.Ticket) at--;
        lookups.Insert(at, lookup);
        if (lookups[0].Queries is [var asked, ..]) FirstAsked = asked.Time;
        HasAddress |= lookup.Addresses.Count > 0;
        var seen = lookup.Answer.IsSet ? lookup.Answer.Time : lookup.Queries[^1].Time;
        if (seen > LastActivity) LastActivity = seen;
    }

    /// <summary>A client connects when it has the answer; the next address is tried when the first SYNs timed out.</summary>
    private static readonly Duration SameVisit = Duration.FromSeconds(30);

    /// <summary>Browsers open several connections at once.</summary>
    private static readonly Duration Together = Duration.FromMilliseconds(50);

    private static readonly List<NameLookup> None = [];

    private List<NameLookup> lookups = new(1);
    private IpAddress[]? addresses;
    private Flow? claimant;
    private bool isServed;
    private bool isShelved;
}
