using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// Follows DNS queries until they are part of a connection, or their name is known to be unresolvable: all queries for it have been quiet for a
/// while and none brought an address.
/// </summary>
/// <param name="correlator">Groups queries and assigns them to connections.</param>
/// <param name="next">Provides the next ordinal and the name of the capture.</param>
/// <param name="completed">
/// Receives the ordinal of each query that is completed: with its resolution where that failed and nothing else shows it, with null where it is part
/// of something else or of nothing. The first call for an ordinal counts.
/// </param>
internal sealed class ResolutionStage(DnsCorrelator correlator, Func<(long Ordinal, string Capture)> next, Action<long, DnsResolution?> completed) : IDnsQueryListener
{
    private readonly Dictionary<long, DnsResolution> undecided = [];

    /// <inheritdoc/>
    public (long Ordinal, string Capture) Asked() => next();

    /// <inheritdoc/>
    public void Began(DnsQuery query)
    {
        var group = correlator.Began(query);
        if (group.HasAddress) completed(query.Ordinal, null);
    }

    /// <inheritdoc/>
    public void Finished(DnsQuery query)
    {
        var group = correlator.Add(query);
        if (group.HasAddress)
        {
            CompleteAll(group);
            completed(query.Ordinal, null);
            undecided.Remove(group.Ordinal);
            return;
        }

        if (!MayNameAServer(query)) completed(query.Ordinal, null);
        undecided[group.Ordinal] = group;
    }

    /// <summary>Completes the resolutions that have been quiet long enough.</summary>
    /// <param name="now">How far capture time has gone.</param>
    /// <param name="all">True at the end of the capture: all of them.</param>
    public void Complete(Timestamp now, bool all)
    {
        foreach (var (ordinal, group) in undecided)
        {
            if (!all && (group.IsWaiting || now - group.LastActivity <= Quiet)) continue;
            // Removing while enumerating is what a dictionary allows.
            undecided.Remove(ordinal);
            var hasLed = correlator.HasLedToConnection(group);
            correlator.Complete(group);
            var isFailure = !hasLed && group.Queries.Any(NamesAServer);
            completed(ordinal, isFailure ? group : null);
            CompleteAll(group);
        }
    }

    /// <summary>What was resolved is part of a connection and none by itself: nothing need wait for it.</summary>
    private void CompleteAll(DnsResolution group)
    {
        for (var i = 0; i < group.Queries.Count; i++) completed(group.Queries[i].Ordinal, null);
    }

    /// <summary>Only queries that lead to a connection count: a missing PTR, TXT or HTTPS record is no failure.</summary>
    private static bool NamesAServer(DnsQuery query) => query.Questions.Count > 0 && query.IsForAddress && MayNameAServer(query);

    private static bool MayNameAServer(DnsQuery query) => query.Resolver.Port == DnsPort && (query.IsForAddress || query.Type is "HTTPS" or "SVCB");

    private const ushort DnsPort = 53;

    /// <summary>Longer than a client waits between its own tries for one name.</summary>
    private static readonly Duration Quiet = Duration.FromSeconds(10);
}
