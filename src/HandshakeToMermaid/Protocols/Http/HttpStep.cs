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
    public override string Explanation => Title switch
    {
        "SETTINGS" => "states its limits for HTTP",
        "GOAWAY" => "accepts no further requests",
        _ when IsTunnel => Title.StartsWith("CONNECT ", StringComparison.Ordinal) ? "asks the proxy to connect it with the server" : "opens the tunnel: what follows passes through the proxy",
        _ when Title.StartsWith("HTTP/", StringComparison.Ordinal) => Provenance == Provenance.Decrypted ? "answers the request, encrypted" : "answers, readable by anyone on the path",
        _ => Provenance == Provenance.Decrypted ? "asks for a resource, encrypted" : "asks, readable by anyone on the path",
    };

    /// <summary>True for a request for a tunnel, and for an answer that opens it.</summary>
    public bool IsTunnel { get; init; }

    /// <inheritdoc/>
    public override bool IsMinor => isMinor;

    /// <inheritdoc/>
    protected override IEnumerable<StepFact> FactsUpTo(Detail detail) => facts;
}
