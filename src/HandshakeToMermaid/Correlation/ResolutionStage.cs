using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
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
/// <param name="limits">How many may be undecided.</param>
internal sealed class ResolutionStage(DnsCorrelator correlator, Func<(long Ordinal, string Capture)> next, Action<long, DnsResolution?> completed, AnalyzerLimits limits) : IDnsQueryListener
{
    private readonly Dictionary<long, DnsResolution> undecided = [];
    private readonly Queue<DnsResolution> order = new();
    private readonly Queue<long> begun = new();
    private readonly PriorityQueue<DnsResolution, Timestamp> due = new();

    /// <summary>Queries that were given up before it was known what became of them, because too many were open.</summary>
    public long Evicted { get; private set; }

    /// <summary>When the next resolution has been quiet long enough, which is so from a nanosecond later on; null where none is to be decided.</summary>
    public Timestamp? DueAt => due.TryPeek(out _, out var at) ? at : null;

    /// <summary>True where a query began or ended since this was last set to false: something may be due sooner.</summary>
    public bool HasNews { get; set; }

    /// <inheritdoc/>
    public (long Ordinal, string Capture) Asked() => next();

    /// <inheritdoc/>
    public void Began(DnsQuery query)
    {
        HasNews = true;
        var group = correlator.Began(query);
        begun.Enqueue(query.Ordinal);
        if (group.HasAddress) completed(query.Ordinal, null);
    }

    /// <inheritdoc/>
    public void Finished(DnsQuery query)
    {
        HasNews = true;
        var group = correlator.Add(query);
        if (group.HasAddress)
        {
            CompleteAll(group);
            completed(query.Ordinal, null);
            undecided.Remove(group.Ordinal);
            return;
        }

        if (query.IsEvicted)
        {
            Evicted++;
            completed(query.Ordinal, null);
            if (!group.IsWaiting) correlator.Complete(group);
            return;
        }

        if (!MayNameAServer(query)) completed(query.Ordinal, null);
        if (undecided.TryAdd(group.Ordinal, group)) order.Enqueue(group);
        if (!group.IsWaiting) Schedule(group);
        while (order.Count > limits.OpenQueries)
        {
            var oldest = order.Dequeue();
            if (undecided.Remove(oldest.Ordinal) && !oldest.IsWaiting) Decide(oldest);
        }
    }

    /// <summary>Decides what began before an ordinal and was answered; gives up what still waits for an answer.</summary>
    public void EvictBefore(long ordinal)
    {
        foreach (var (first, group) in undecided)
        {
            // Removing while enumerating is what a dictionary allows.
            if (first < ordinal && undecided.Remove(first) && !group.IsWaiting) Decide(group);
        }

        while (begun.TryPeek(out var asked) && asked < ordinal)
        {
            begun.Dequeue();
            if (correlator.IsWaiting(asked)) Evicted++;
            completed(asked, null);
        }
    }

    /// <summary>Completes the resolutions that have been quiet long enough.</summary>
    /// <param name="now">How far capture time has gone.</param>
    public void Complete(Timestamp now)
    {
        while (due.TryPeek(out var group, out var at) && at < now)
        {
            due.Dequeue();
            if (group.IsWaiting || !undecided.ContainsKey(group.Ordinal)) continue;
            if (group.LastActivity + DnsResolution.Quiet >= now)
            {
                Schedule(group);
                continue;
            }

            undecided.Remove(group.Ordinal);
            Decide(group);
        }

        Trim();
    }

    /// <summary>Completes all of them: the capture is over.</summary>
    public void Finish()
    {
        foreach (var (ordinal, group) in undecided)
        {
            // Removing while enumerating is what a dictionary allows.
            undecided.Remove(ordinal);
            Decide(group);
        }

        Trim();
    }

    private void Trim()
    {
        while (order.TryPeek(out var first) && !undecided.ContainsKey(first.Ordinal)) order.Dequeue();
        while (begun.TryPeek(out var asked) && !correlator.IsWaiting(asked)) begun.Dequeue();
    }

    private void Schedule(DnsResolution group)
    {
        due.Enqueue(group, group.LastActivity + DnsResolution.Quiet);

        // What was decided early stays there until its time: a flood would leave more of that than there is room for.
        if (due.Count <= 2 * Math.Max(limits.OpenQueries, 16)) return;
        due.Clear();
        foreach (var known in undecided.Values)
        {
            if (!known.IsWaiting) due.Enqueue(known, known.LastActivity + DnsResolution.Quiet);
        }
    }

    /// <summary>
    /// The place of a failed resolution among the connections: that of its first query for an address, since queries of other types may be completed
    /// before it is known what becomes of the name.
    /// </summary>
    /// <param name="queries">The queries of the resolution.</param>
    public static long OrdinalOf(IReadOnlyList<DnsQuery> queries) => queries.First(NamesAServer).Ordinal;

    private void Decide(DnsResolution group)
    {
        var hasLed = correlator.HasLedToConnection(group);
        correlator.Complete(group, hasLed);
        var isFailure = !hasLed && group.Queries.Any(NamesAServer);
        if (isFailure) completed(OrdinalOf(group.Queries), group);
        CompleteAll(group);
    }

    /// <summary>What was resolved is part of a connection and none by itself: nothing need wait for it.</summary>
    private void CompleteAll(DnsResolution group)
    {
        for (var i = 0; i < group.Queries.Count; i++) completed(group.Queries[i].Ordinal, null);
    }

    /// <summary>Only queries that lead to a connection count: a missing PTR, TXT or HTTPS record is no failure.</summary>
    private static bool NamesAServer(DnsQuery query) => query.Questions.Count > 0 && !query.IsEvicted && query.IsForAddress && MayNameAServer(query);

    private static bool MayNameAServer(DnsQuery query) => query.Resolver.Port == DnsPort && (query.IsForAddress || query.Type is "HTTPS" or "SVCB");

    private const ushort DnsPort = 53;
}
