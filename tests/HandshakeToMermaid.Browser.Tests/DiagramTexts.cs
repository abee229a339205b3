using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>The lines of text that a reader must find in a drawing of a diagram.</summary>
internal static class DiagramTexts
{
    /// <summary>Every line, in a fixed order; participants stand above and, in Mermaid, below.</summary>
    public static List<string> Of(SequenceDiagram diagram, int participantsTimes)
    {
        var lines = new List<string>();
        for (var i = 0; i < participantsTimes; i++) lines.AddRange(diagram.Participants.SelectMany(p => p.Lines));
        foreach (var part in diagram.Parts)
        {
            if (part.Heading is { } heading) lines.AddRange(heading.Lines);
            foreach (var band in part.AllBands)
            {
                if (band.Header is { } header) lines.AddRange(header.Lines);
                foreach (var item in band.Items) lines.AddRange(item.Lines);
            }
        }
        return [.. lines.Select(VisibleText.Of).Order(StringComparer.Ordinal)];
    }
}
