using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols;

namespace HandshakeToMermaid.Timeline;

/// <summary>The look-ups that one client made for one name in one go: A, AAAA and HTTPS, with their retries.</summary>
public sealed class LookupGroup
{
    internal LookupGroup(NameLookup first)
    {
        Client = first.Client.Address;
        Name = first.Name;
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
    public long Ticket => lookups[0].Ticket;

    /// <summary>True where an answer brought an address.</summary>
    public bool HasAddress { get; private set; }

    internal void Add(NameLookup lookup)
    {
        var at = lookups.Count;
        while (at > 0 && lookups[at - 1].Ticket > lookup.Ticket) at--;
        lookups.Insert(at, lookup);
        HasAddress |= lookup.Addresses.Count > 0;
        var seen = lookup.Answer.IsSet ? lookup.Answer.Time : lookup.Queries[^1].Time;
        if (seen > LastActivity) LastActivity = seen;
    }

    private readonly List<NameLookup> lookups = new(2);
}
