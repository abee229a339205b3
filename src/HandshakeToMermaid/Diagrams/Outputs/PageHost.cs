namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>The page that a product is pasted into.</summary>
internal enum PageHost
{
    /// <summary>Any page that shows Mermaid.</summary>
    Any,

    /// <summary>GitHub: folds with details, shows 50,000 characters of a diagram, takes 65,536 of a comment.</summary>
    GitHub,

    /// <summary>GitLab: hides a diagram over 2,000 characters behind a button.</summary>
    GitLab,

    /// <summary>Notion: pasted Markdown keeps lists and code blocks, not tables.</summary>
    Notion,

    /// <summary>Obsidian: links to headings by their text.</summary>
    Obsidian,

    /// <summary>Azure DevOps: an old Mermaid between colons.</summary>
    Azure,
}
