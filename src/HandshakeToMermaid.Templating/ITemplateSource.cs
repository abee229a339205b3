namespace HandshakeToMermaid.Templating;

/// <summary>Where a template's includes come from.</summary>
internal interface ITemplateSource
{
    /// <summary>The template of that name, parsed; null when there is none. Asked at every include, so keep what was parsed.</summary>
    Template? Find(string name);
}
