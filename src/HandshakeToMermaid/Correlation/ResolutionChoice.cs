using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>Chooses the resolution that led to a connection, of those that brought its address before it began.</summary>
/// <param name="server">The address that it connected to.</param>
/// <param name="syn">When it began.</param>
/// <param name="flow">The connection; null where only the newest resolution is wanted.</param>
/// <param name="isNamed">True where only resolutions of the name that the client asked for are considered.</param>
internal struct ResolutionChoice(IpAddress server, Timestamp syn, Flow? flow, bool isNamed)
{
    private DnsResolution? complete;
    private DnsResolution? begun;
    private DnsResolution? usedInVain;
    private DnsResolution? newest;
    private bool haveNamesDiffered;
    private int considered;
    private int older;

    /// <summary>
    /// What led to it: what no connection has used yet, complete before what still waited for an answer; else what another connection had used
    /// in vain; else the newest. Null where nothing did.
    /// </summary>
    public readonly DnsResolution? Best => complete ?? begun ?? usedInVain ?? newest;

    /// <summary>True where the client had resolved other names to the same address: any of them may have been meant.</summary>
    public readonly bool IsAmbiguous => haveNamesDiffered;

    /// <summary>Considers a group; newer ones come first. False where older ones need not be considered.</summary>
    public bool TryConsider(DnsResolution group)
    {
        if (++considered > MaxConsidered) return false;
        var waited = syn - group.LastBefore(syn);
        if (isNamed && complete is not null && waited > AtOnce) return false;
        if (!group.Brought(server, syn)) return true;
        haveNamesDiffered |= newest is not null && newest.FoldedName != group.FoldedName;
        newest ??= group;
        if (waited > SameConnection) return !isNamed && !haveNamesDiffered && ++older < MaxOlder;
        if (flow is null || group.IsTaken || !group.Fits(flow)) return true;
        if (group.IsUsed) usedInVain ??= group;
        else if (!group.WasGoingOn(syn)) ConsiderUnused(group, waited);
        return true;
    }

    /// <summary>Of several of one name that were complete just before, the one that was complete first has the first connection.</summary>
    private void ConsiderUnused(DnsResolution group, Duration waited)
    {
        if (!group.WasComplete(syn)) begun ??= group;
        else if (complete is null || (isNamed && waited <= AtOnce)) complete = group;
    }

    /// <summary>A client connects when it has the answer; the next address is tried when the first SYNs timed out.</summary>
    private static readonly Duration SameConnection = Duration.FromSeconds(30);

    private static readonly Duration AtOnce = Duration.FromMilliseconds(10);

    /// <summary>A client that asks more often than that for every connection is served by the newest.</summary>
    private const int MaxConsidered = 256;

    /// <summary>Groups that are looked through for other names of the same address.</summary>
    private const int MaxOlder = 64;
}
