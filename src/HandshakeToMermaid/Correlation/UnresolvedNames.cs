using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// Resolutions without an address, by client: those that may still lead to a connection although their answer was not captured, and failed ones that a
/// search list may go on from. Of each client the newest are retained.
/// </summary>
internal sealed class UnresolvedNames
{
    private readonly Dictionary<IpAddress, List<DnsResolution>> unresolved = [];
    private readonly Dictionary<IpAddress, List<DnsResolution>> failed = [];
    private int count;

    /// <summary>True where every name has an address or was reported.</summary>
    public bool IsEmpty => count == 0;

    /// <summary>The resolutions of one client, the newest last.</summary>
    public List<DnsResolution> Of(IpAddress client) => unresolved.GetValueOrDefault(client) ?? None;

    /// <summary>A query of a resolution was sent or answered.</summary>
    public void Note(DnsResolution resolution)
    {
        if (resolution.HasAddress)
        {
            Remove(resolution);
            return;
        }

        if (!resolution.IsUnresolved) count++;
        resolution.IsUnresolved = true;
        if (!unresolved.TryGetValue(resolution.Client, out var known)) unresolved[resolution.Client] = known = new(1);
        if (!known.Contains(resolution)) known.Add(resolution);
        if (known.Count <= MaxOfClient) return;
        known[0].ForgetFollowers();
        known.RemoveAt(0);
    }

    /// <summary>A resolution was answered without an address.</summary>
    public void NoteFailed(DnsResolution resolution)
    {
        if (!failed.TryGetValue(resolution.Client, out var known)) failed[resolution.Client] = known = new(1);
        known.Remove(resolution);
        known.Add(resolution);
        if (known.Count > MaxOfClient) known.RemoveAt(0);
    }

    /// <summary>A resolution has an address, or was reported as failed.</summary>
    public void Remove(DnsResolution resolution)
    {
        resolution.ForgetFollowers();
        Remove(failed, resolution);
        if (!resolution.IsUnresolved) return;
        resolution.IsUnresolved = false;
        count--;
        Remove(unresolved, resolution);
    }

    /// <summary>A connection is over: a resolution that was decided before and waited for it alone is not needed any more.</summary>
    public void Forget(Flow flow)
    {
        var known = Of(flow.Initiator.Address);
        for (var i = known.Count - 1; i >= 0; i--)
        {
            var resolution = known[i];
            if (resolution.ForgetFollower(flow) && resolution.IsCompleted && !resolution.HasFollowers) Remove(resolution);
        }
    }

    /// <summary>
    /// The newest resolution of which no answer with an address was captured: of the name by a client that may be the same host, or of the name with a
    /// domain appended; null where there is none.
    /// </summary>
    /// <param name="client">The client of a connection.</param>
    /// <param name="folded">The server's name that it asks for, in lower case.</param>
    /// <param name="syn">When it began.</param>
    public DnsResolution? Find(IpAddress client, string folded, Timestamp syn)
    {
        if (unresolved.TryGetValue(client, out var own)) return Newest(own, folded, syn);
        if (unresolved.Count > MaxOfClient) return null;
        foreach (var (host, known) in unresolved)
        {
            if (SameHost.IsPossible(host, client) && Newest(known, folded, syn) is { } found) return found;
        }

        return null;
    }

    /// <summary>The client asked a server for a name: its resolutions of that name were answered, even where the capture lacks the answers.</summary>
    public void MarkReached(IpAddress client, string folded, Timestamp syn)
    {
        foreach (var resolution in Of(client))
        {
            if (resolution.IsFor(folded) && resolution.LacksAnswerAt(syn)) resolution.IsReached = true;
        }
    }

    /// <summary>The failed resolution that a query continues with the next name of a search list; null where there is none.</summary>
    public DnsResolution? FindSearch(DnsQuery query, string folded)
    {
        if (!failed.TryGetValue(query.Client.Address, out var known)) return null;
        for (var i = known.Count - 1; i >= 0; i--)
        {
            if (known[i].IsFollowedBy(query, folded)) return known[i];
        }

        return null;
    }

    private static DnsResolution? Newest(List<DnsResolution> known, string folded, Timestamp syn)
    {
        for (var i = known.Count - 1; i >= 0; i--)
        {
            if (known[i].IsFor(folded) && known[i].LacksAnswerAt(syn)) return known[i];
        }

        return null;
    }

    private static void Remove(Dictionary<IpAddress, List<DnsResolution>> index, DnsResolution resolution)
    {
        if (!index.TryGetValue(resolution.Client, out var known)) return;
        known.Remove(resolution);
        if (known.Count == 0) index.Remove(resolution.Client);
    }

    private static readonly List<DnsResolution> None = [];

    /// <summary>Resolutions of one client that are looked through.</summary>
    private const int MaxOfClient = 64;
}
