using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The DNS resolution took long.</summary>
internal sealed class SlowDns : IRule
{
    /// <inheritdoc/>
    public IReadOnlyList<string> ExplainedBy => ["dns-retried"];

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Timing.Dns is not { } taken || taken < Long || connection.Outcome.Class.IsAnyOf(OutcomeClass.DnsError, OutcomeClass.DnsTimeout)) return null;
        var answered = connection.Queries.Where(l => l.Duration is not null).ToList();

        // Where the answers together took less, the time went into something else: a query that nobody answered, or a pause of the client.
        if (answered.Sum(l => l.Duration!.Value.Nanoseconds) < Long.Nanoseconds) return null;
        var slowest = answered.MaxBy(l => l.Duration!.Value.Nanoseconds)!;
        if (IsSlowNetwork(connection, slowest)) return null;
        return new Finding(
            "slow-dns", Severity.Warning, Confidence.Certain, "DNS resolution was slow",
            slowest.Duration >= Long
                ? $"{slowest.Resolver.Address} took {Wording.Wait(slowest.Duration.Value)} to answer for {Wording.Name(slowest.Name)}"
                : $"{Wording.Count(answered.Count, "query", "queries")} took {Wording.Wait(taken)} in all, the slowest answer took {Wording.Wait(slowest.Duration!.Value)}",
            "Use a closer resolver, or enable caching on the client",
            Aliases, ResolutionFrames.Of(slowest), null) { At = ResolutionFrames.Step(connection, slowest) };
    }

    /// <summary>True where every way is that long: the resolver needed no more than the server's system did for the SYN-ACK, or little more.</summary>
    private static bool IsSlowNetwork(Connection connection, DnsQuery slowest) =>
        connection.Timing.RoundTrip is { } trip && slowest.Duration!.Value.Nanoseconds <= trip.Nanoseconds * MaxTrips;

    /// <summary>A resolver that must ask another one at the same distance needs two.</summary>
    private const int MaxTrips = 2;

    /// <summary>Resolvers answer from their caches in milliseconds, from the world in a tenth of a second.</summary>
    private static readonly Duration Long = Duration.FromMilliseconds(500);

    private static readonly string[] Aliases = ["time_namelookup", "domainLookupEnd", "slow DNS", "DNS latency"];
}
