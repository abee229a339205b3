using HandshakeToMermaid.Templating;

namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>Templates from several places; the first that has a name gives it.</summary>
internal sealed class LayeredTemplates(params IReadOnlyList<ITemplateSource> layers) : ITemplateSource
{
    /// <inheritdoc/>
    public Template? Find(string name)
    {
        foreach (var layer in layers)
        {
            if (layer.Find(name) is { } found) return found;
        }
        return null;
    }
}
