using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>
/// Writes a diagram as Mermaid text by the template <c>mermaid/sequence</c>. Every value is handed to the template
/// already escaped, so that a template cannot forget it.
/// </summary>
internal static class MermaidRenderer
{
    /// <summary>The diagram's source.</summary>
    public static string Render(SequenceDiagram diagram, MermaidProfile? profile = null, PageTemplate? template = null)
        => (template ?? Own).Render(ModelOf(diagram, profile ?? new MermaidProfile()));

    /// <summary>What a template of this form sees.</summary>
    internal static TemplateModel ModelOf(SequenceDiagram diagram, MermaidProfile profile) => new(
        ("is_legacy", profile.IsLegacy),
        ("is_numbered", diagram.IsNumbered),
        ("first_number", diagram.FirstNumber),
        ("title", MermaidText.Escape(diagram.Title)),
        ("description", diagram.Description.Length == 0 ? "" : MermaidText.Escape(diagram.Description)),
        ("participants", Each(diagram.Participants, p => new TemplateModel(("id", p.Id), ("label", MermaidText.Lines(p.Lines))))),
        ("caption", diagram.Caption is null ? null : ItemOf(diagram.Caption)),
        ("parts", Each(diagram.Parts, PartOf)));

    private static TemplateModel PartOf(DiagramPart part) => new(
        ("heading", part.Heading is null ? null : ItemOf(part.Heading)),
        ("opening", VerdictOf(part.Opening)),
        ("bands", Each(part.Bands, BandOf)),
        ("closing", VerdictOf(part.Closing)));

    private static TemplateModel? VerdictOf(Band? band) => band is not { Color: { } color, Header: { } note } ? null
        : new(("color", color.Tint), ("over", $"{note.From},{note.To}"), ("text", MermaidText.Lines(note.Lines)));

    private static TemplateModel BandOf(Band band) => new(
        ("color", band.Color?.Tint),
        ("header", band.Header is null ? null : ItemOf(band.Header)),
        ("items", Each(band.Items, ItemOf)));

    private static TemplateModel ItemOf(DiagramItem item) => item is Arrow arrow
        ? new(("is_note", false), ("from", arrow.From), ("arrow", Head(arrow)), ("to", arrow.To), ("text", MermaidText.Lines(arrow.Lines)))
        : new(("is_note", true), ("over", item.From == item.To ? item.From : $"{item.From},{item.To}"), ("text", MermaidText.Lines(item.Lines)));

    private static string Head(Arrow arrow) => (arrow.IsAnswer, arrow.IsDeadEnd) switch
    {
        (false, false) => "->>",
        (true, false) => "-->>",
        (false, true) => "-x",
        (true, true) => "--x",
    };

    private static object?[] Each<T>(IReadOnlyList<T> items, Func<T, TemplateModel> model)
    {
        var models = new object?[items.Count];
        for (var i = 0; i < models.Length; i++) models[i] = model(items[i]);
        return models;
    }

    private static readonly PageTemplate Own = PageTemplate.BuiltIn("mermaid/sequence");
}
