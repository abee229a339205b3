using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols;

namespace HandshakeToMermaid.Timeline;

/// <summary>
/// Follows DNS queries until they are part of a connection, or their name is known to be unresolvable: all queries for it have been quiet for a
/// while and none brought an address.
/// </summary>
/// <param name="book">Groups queries and gives them to connections.</param>
/// <param name="next">Provides the next ordinal and the name of the capture.</param>
/// <param name="completed">
/// Receives the ordinal of each query that is completed: with its resolution where that failed and nothing else shows it, with null where it is part
/// of something else or of nothing. The first call for an ordinal counts.
/// </param>
internal sealed class ResolutionStage(LookupBook book, Func<(long Ticket, string Capture)> next, Action<long, LookupGroup?> completed) : ILookupListener
{
    private readonly Dictionary<long, LookupGroup> undecided = [];

    /// <inheritdoc/>
    public (long Ticket, string Capture) Asked() => next();

    /// <inheritdoc/>
    public void Began(NameLookup lookup)
    {
        var group = book.Began(lookup);
        if (group.HasAddress) completed(lookup.Ticket, null);
    }

    /// <inheritdoc/>
    public void Finished(NameLookup lookup)
    {
        var group = book.Add(lookup);
        if (group.HasAddress)
        {
            CompleteAll(group);
            completed(lookup.Ticket, null);
            undecided.Remove(group.Ticket);
            return;
        }

        if (!MayNameAServer(lookup)) completed(lookup.Ticket, null);
        undecided[group.Ticket] = group;
    }

    /// <summary>Completes the resolutions that have been quiet long enough.</summary>
    /// <param name="now">How far capture time has gone.</param>
    /// <param name="all">True at the end of the capture: all of them.</param>
    public void Complete(Timestamp now, bool all)
    {
        foreach (var (ticket, group) in undecided)
        {
            if (!all && (group.IsWaiting || now - group.LastActivity <= Quiet)) continue;
            // Removing while enumerating is what a dictionary allows.
            undecided.Remove(ticket);
            var hasLed = book.HasLedToConnection(group);
            book.Settled(group);
            var isFailure = !hasLed && group.Lookups.Any(NamesAServer);
            completed(ticket, isFailure ? group : null);
            CompleteAll(group);
        }
    }

    /// <summary>What was resolved is part of a connection and none by itself: nothing need wait for it.</summary>
    private void CompleteAll(LookupGroup group)
    {
        for (var i = 0; i < group.Lookups.Count; i++) completed(group.Lookups[i].Ticket, null);
    }

    /// <summary>Only queries that lead to a connection count: a missing PTR, TXT or HTTPS record is no failure.</summary>
    private static bool NamesAServer(NameLookup lookup) => lookup.Queries.Count > 0 && lookup.IsForAddress && MayNameAServer(lookup);

    private static bool MayNameAServer(NameLookup lookup) => lookup.Resolver.Port == DnsPort && (lookup.IsForAddress || lookup.Type is "HTTPS" or "SVCB");

    private const ushort DnsPort = 53;

    /// <summary>Longer than a client waits between its own tries for one name.</summary>
    private static readonly Duration Quiet = Duration.FromSeconds(10);
}
