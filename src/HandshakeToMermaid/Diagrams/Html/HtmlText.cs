using HandshakeToMermaid.Diagrams.Reports;
using HandshakeToMermaid.Diagrams.Svg;

namespace HandshakeToMermaid.Diagrams.Html;

/// <summary>Text for HTML, in content and in quoted attributes.</summary>
internal sealed class HtmlText : ITextForm
{
    /// <inheritdoc/>
    public string Value(string text) => SvgText.Escape(text);

    /// <inheritdoc/>
    public string Sentence(string text) => SvgText.Escape(text);
}
