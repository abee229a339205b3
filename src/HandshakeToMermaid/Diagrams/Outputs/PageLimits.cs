namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>What pages bear, as far as they say or show it.</summary>
internal static class PageLimits
{
    /// <summary>Characters of one diagram. Mermaid's own limit is 50,000 (its <c>maxTextSize</c>); GitLab shows a button instead of more than 2,000.</summary>
    public static int DiagramCharacters(PageHost host) => host == PageHost.GitLab ? 1_990 : 49_000;

    /// <summary>Characters of a whole page: GitHub refuses a comment over 65,536; GitLab an issue over 1,048,576.</summary>
    public static int PageCharacters(PageHost host) => host switch
    {
        PageHost.GitHub => 65_000,
        PageHost.GitLab => 1_000_000,
        _ => int.MaxValue,
    };
}
