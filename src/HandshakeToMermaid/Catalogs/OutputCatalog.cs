using HandshakeToMermaid.Diagrams.Html;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Ladder;
using HandshakeToMermaid.Diagrams.Links;
using HandshakeToMermaid.Diagrams.Markdown;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Svg;

namespace HandshakeToMermaid.Catalogs;

/// <summary>Every form a product comes in; a new one is a folder under Diagrams and a line here.</summary>
internal static class OutputCatalog
{
    /// <summary>The forms, the default first.</summary>
    public static IReadOnlyList<IDiagramOutput> All { get; } =
    [
        new MermaidOutput(),
        new MarkdownOutput(),
        new SvgOutput(),
        new HtmlOutput(),
        new LadderOutput(),
        new JsonOutput(),
        new LinkOutput(),
    ];

    /// <summary>The form of that name; null where there is none.</summary>
    public static IDiagramOutput? Named(string name) => All.FirstOrDefault(o => o.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The form of a file's ending (".md"); null where there is none.</summary>
    public static IDiagramOutput? WithEnding(string ending) => All.FirstOrDefault(o => o.Endings.Contains(ending, StringComparer.OrdinalIgnoreCase));
}
