namespace HandshakeToMermaid.Diagrams.Reports;

/// <summary>Text as it is, for a template that escapes for itself: the model's <c>raw</c>.</summary>
internal sealed class PlainForm : ITextForm
{
    /// <inheritdoc/>
    public string Value(string text) => text;

    /// <inheritdoc/>
    public string Sentence(string text) => text;
}
