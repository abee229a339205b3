namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>How connections are to be written, whatever the form; each form takes what concerns it.</summary>
internal sealed record OutputRequest
{
    /// <summary>What is drawn of a connection.</summary>
    public DiagramOptions Picture { get; init; } = new();

    /// <summary>How many connections are drawn in full; null for what suits the form.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>The page that the product is pasted into.</summary>
    public PageHost Host { get; init; }

    /// <summary>Characters that one Mermaid diagram may have; null for what the page bears.</summary>
    public int? MaxCharacters { get; init; }

    /// <summary>True where many connections are shown as a waterfall of their phases instead of an arrow each.</summary>
    public bool IsTimeline { get; init; }

    /// <summary>True where JSON is to hold what diagrams can be drawn from again.</summary>
    public bool IsDrawable { get; init; }

    /// <summary>A template of the user's; null for the form's own.</summary>
    public PageTemplate? Template { get; init; }

    /// <summary>The terminal that text is written to.</summary>
    public TerminalStyle Terminal { get; init; } = new();

    /// <summary>What the page bears, for a diagram.</summary>
    internal MermaidProfile Profile => new(MaxCharacters ?? PageLimits.DiagramCharacters(Host), IsLegacy: Host == PageHost.Azure);
}
