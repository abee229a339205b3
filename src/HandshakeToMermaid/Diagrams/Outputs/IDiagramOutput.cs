using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>One form that connections are written in. A new one is a file that implements this and a line in <c>Catalogs/OutputCatalog.cs</c>.</summary>
internal interface IDiagramOutput
{
    /// <summary>What the user calls it: "markdown".</summary>
    string Name { get; }

    /// <summary>The endings of its files, the usual one first: ".md". Empty for a form that is only asked for by name.</summary>
    IReadOnlyList<string> Endings { get; }

    /// <summary>True where a template decides how it looks, so that the user may bring another.</summary>
    bool UsesTemplate => false;

    /// <summary>True where it can show connections as a waterfall of their phases.</summary>
    bool DrawsTimelines => false;

    /// <summary>How many connections it draws at most, the others being rows, arrows or counts; null where it looks into each of any number.</summary>
    int? MaxDrawnOf(OutputRequest request) => null;

    /// <summary>True where what it writes of one connection does not show the connection's number, so that it can be made before the number is known.</summary>
    bool IsWithoutNumber(OutputRequest request) => false;

    /// <summary>True where repetitions (<see cref="ConnectionGroup.FewestToFold"/>) share a row and a diagram, however many are drawn.</summary>
    bool FoldsRepetitions => false;

    /// <summary>Writes the comparison of two captures; null where this form has none.</summary>
    RenderResult? Compare(CaptureComparison comparison, OutputRequest request) => null;

    /// <summary>True where it can write a comparison.</summary>
    bool Compares => false;

    /// <summary>Writes connections; there is at least one.</summary>
    RenderResult Render(IReadOnlyList<DiagnosedConnection> connections, OutputRequest request);
}
