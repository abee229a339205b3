using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>A request, a response, or HTTP/2's SETTINGS or GOAWAY.</summary>
internal sealed class HttpStep : Step
{
    private readonly IReadOnlyList<StepFact> facts;
    private readonly bool isMinor;

    /// <summary>Describes one.</summary>
    public HttpStep(string title, IReadOnlyList<StepFact> facts, bool isMinor = false)
    {
        Title = title;
        this.facts = facts;
        this.isMinor = isMinor;
    }

    /// <inheritdoc/>
    public override Phase Phase => Phase.Data;

    /// <inheritdoc/>
    public override string Title { get; }

    /// <inheritdoc/>
    public override bool IsMinor => isMinor;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => facts;
}
