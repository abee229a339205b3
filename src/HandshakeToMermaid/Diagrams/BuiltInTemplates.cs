using System.Collections.Concurrent;
using System.Text;
using HandshakeToMermaid.Templating;

namespace HandshakeToMermaid.Diagrams;

/// <summary>The templates that the library carries inside it, from the repository's <c>templates</c> folder; parsed when first used.</summary>
internal sealed class BuiltInTemplates : ITemplateSource
{
    /// <summary>The one set of them.</summary>
    public static BuiltInTemplates All { get; } = new();

    /// <summary>Their names, such as "mermaid/sequence".</summary>
    public static IEnumerable<string> Names
        => typeof(BuiltInTemplates).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n => n[Folder.Length..^Ending.Length]);

    /// <summary>A template's text; null where there is none of that name.</summary>
    public static string? TextOf(string name)
    {
        using var stream = typeof(BuiltInTemplates).Assembly.GetManifestResourceStream($"{Folder}{name}{Ending}");
        if (stream is null) return null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <inheritdoc/>
    public Template? Find(string name)
        => parsed.GetOrAdd(name, static n => TextOf(n) is { } text ? Template.Parse(text, $"{n}{Ending}") : null);

    private const string Folder = "templates/";
    private const string Ending = ".sbn";

    private readonly ConcurrentDictionary<string, Template?> parsed = new();
}
