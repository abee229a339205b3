using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>An arrow between a client and its resolver: questions asked together, or one answer.</summary>
internal sealed class DnsStep : Step
{
    private readonly string title;
    private readonly IReadOnlyList<StepFact> facts;

    internal DnsStep(string title, string helper, bool isDeadEnd, IReadOnlyList<StepFact> facts, IReadOnlyList<DnsQuery> queries)
    {
        this.title = title;
        this.facts = facts;
        Helper = helper;
        IsDeadEnd = isDeadEnd;
        Queries = queries;
    }

    /// <summary>The queries that share the arrow.</summary>
    public IReadOnlyList<DnsQuery> Queries { get; }

    /// <inheritdoc/>
    public override Phase Phase => Phase.Dns;

    /// <summary>"A, AAAA query", "A query retry", "A query over TCP", "A 203.0.113.55", "NXDOMAIN", "A answer truncated", "A, AAAA query x 18".</summary>
    public override string Title => title;

    /// <summary>The resolver: its address, with the port where that is not 53.</summary>
    public override string Helper { get; }

    /// <inheritdoc/>
    public override string Explanation => DnsExplanations.Of(this, title);

    /// <inheritdoc/>
    public override bool IsDeadEnd { get; }

    /// <summary>The step and others like it as one arrow.</summary>
    /// <param name="name">What they have in common.</param>
    /// <param name="all">This one and the others in order.</param>
    /// <param name="count">How many of them there were.</param>
    internal DnsStep Repeated(string name, IReadOnlyList<DnsStep> all, int count) =>
        new($"{name} x {count}", Helper, IsDeadEnd, facts, [.. all.SelectMany(static s => s.Queries).Distinct()]) { From = From, First = First, Last = all[^1].Last, HasExtent = true };

    /// <inheritdoc/>
    public override bool IsRepeated => HasExtent;

    private bool HasExtent { get; init; }

    /// <summary>True where another arrow would say the same again. Addresses come in another order each time.</summary>
    internal bool IsSameAs(DnsStep other) =>
        From == other.From && Helper == other.Helper && IsDeadEnd == other.IsDeadEnd && Queries.Count == other.Queries.Count
        && DnsName.Comparer.Equals(Queries[0].Name, other.Queries[0].Name) && Queries[0].Type == other.Queries[0].Type
        && (Unrepeated(title) == Unrepeated(other.title) || (From == Direction.Reverse && AreSameAddresses(Queries[0].Addresses, other.Queries[0].Addresses)));

    private static bool AreSameAddresses(IReadOnlyList<IpAddress> left, IReadOnlyList<IpAddress> right) =>
        left.Count > 1 && left.Count == right.Count && !left.Except(right).Any();

    private static string Unrepeated(string title) => title.EndsWith(Retry, StringComparison.Ordinal) ? title[..^Retry.Length] : title;

    private const string Retry = " retry";

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => facts;
}
