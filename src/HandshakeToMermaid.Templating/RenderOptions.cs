namespace HandshakeToMermaid.Templating;

/// <summary>What a render may use besides its model.</summary>
internal sealed record RenderOptions
{
    /// <summary>No includes, default limits.</summary>
    public static RenderOptions Default { get; } = new();

    /// <summary>Where <c>include</c> finds templates; without one every include fails.</summary>
    public ITemplateSource? Includes { get; init; }

    /// <summary>How much the render may do.</summary>
    public TemplateLimits Limits { get; init; } = TemplateLimits.Default;
}
