using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>A numbered arrow of a diagram as a row of a table; the number ties both together.</summary>
/// <param name="Number">Its number in the diagram.</param>
/// <param name="From">The participant it came from.</param>
/// <param name="To">The participant it went to.</param>
/// <param name="Arrow">The arrow.</param>
internal sealed record StepRow(int Number, Participant From, Participant To, Arrow Arrow)
{
    /// <summary>The first of its steps.</summary>
    public Step First => Arrow.Steps[0];

    /// <summary>The rows of each part of a diagram, counted through all of them as the diagram counts.</summary>
    public static IReadOnlyList<IReadOnlyList<StepRow>> Of(SequenceDiagram diagram)
    {
        var participants = diagram.Participants.ToDictionary(p => p.Id);
        var number = 0;
        var parts = new List<IReadOnlyList<StepRow>>(diagram.Parts.Count);
        foreach (var part in diagram.Parts)
        {
            var rows = new List<StepRow>();
            foreach (var arrow in part.Bands.SelectMany(b => b.Items).OfType<Arrow>())
            {
                number++;
                if (arrow.Steps.Count > 0) rows.Add(new StepRow(number, participants[arrow.From], participants[arrow.To], arrow));
            }
            parts.Add(rows);
        }
        return parts;
    }

    /// <summary>The message or messages.</summary>
    public string Message => string.Join(", ", Arrow.Steps.Select(s => s.Title));

    /// <summary>The frames it came in: "12", "12-14".</summary>
    public string Frames
    {
        get
        {
            var (first, last) = (Arrow.Steps.Min(s => s.First.Frame), Arrow.Steps.Max(s => s.Last.Frame));
            return first == last ? $"{first}" : $"{first}-{last}";
        }
    }

    /// <summary>What is known of it at a detail.</summary>
    public IEnumerable<StepFact> Facts(Detail detail) => Arrow.Steps.SelectMany(s => s.Facts(detail));

    /// <summary>What the message or the messages are for, in sentences; empty where nothing can be said.</summary>
    public string Explanation => string.Join(", ", Arrow.Steps.Select(s => s.Explanation).OfType<string>().Distinct());

    /// <summary>Whether its side is the client's.</summary>
    public bool IsFromClient(Connection connection) => connection.SideOf(First) == Side.Client;
}
