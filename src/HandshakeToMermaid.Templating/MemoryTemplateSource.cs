using System.Collections.Concurrent;

namespace HandshakeToMermaid.Templating;

/// <summary>Templates held in memory, each parsed when it is first asked for.</summary>
internal sealed class MemoryTemplateSource : ITemplateSource
{
    private readonly IReadOnlyDictionary<string, string> texts;
    private readonly ConcurrentDictionary<string, Template> parsed = new();

    /// <summary>Holds <paramref name="texts"/> by their names.</summary>
    public MemoryTemplateSource(IReadOnlyDictionary<string, string> texts) => this.texts = texts;

    /// <inheritdoc/>
    public Template? Find(string name) =>
        texts.TryGetValue(name, out var text) ? parsed.GetOrAdd(name, static (name, text) => Template.Parse(text, name), text) : null;
}
