namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>An arrow between a client and its resolver: questions asked together, or one answer.</summary>
public sealed class LookupStep : Step
{
    private readonly string title;
    private readonly IReadOnlyList<StepFact> facts;

    internal LookupStep(string title, string helper, bool isDeadEnd, IReadOnlyList<StepFact> facts, IReadOnlyList<NameLookup> lookups)
    {
        this.title = title;
        this.facts = facts;
        Helper = helper;
        IsDeadEnd = isDeadEnd;
        Lookups = lookups;
    }

    /// <summary>The look-ups that share the arrow.</summary>
    public IReadOnlyList<NameLookup> Lookups { get; }

    /// <inheritdoc/>
    public override Phase Phase => Phase.Dns;

    /// <summary>"A, AAAA query", "A query again", "A query over TCP", "A 203.0.113.55", "NXDOMAIN", "A answer truncated".</summary>
    public override string Title => title;

    /// <summary>The resolver: its address, with the port where that is not 53.</summary>
    public override string Helper { get; }

    /// <inheritdoc/>
    public override bool IsDeadEnd { get; }

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => facts;
}
