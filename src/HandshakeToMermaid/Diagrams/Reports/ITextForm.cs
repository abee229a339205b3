namespace HandshakeToMermaid.Diagrams.Reports;

/// <summary>How text that may come from the wire is written in a form. A template gets every value written this way already.</summary>
internal interface ITextForm
{
    /// <summary>A value as it was captured: a name, an address.</summary>
    string Value(string text);

    /// <summary>A sentence of ours that may quote what was captured.</summary>
    string Sentence(string text);
}
