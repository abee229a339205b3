using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>
/// Connections as one Mermaid diagram that the page it is pasted into bears. Detail is taken back in this order until it
/// fits: full, normal, brief, then an overview with an arrow per connection, then fewer arrows.
/// </summary>
/// <param name="Text">The diagram's source.</param>
/// <param name="Remarks">What was left out, a sentence each.</param>
public sealed record Drawing(string Text, IReadOnlyList<string> Remarks)
{
    /// <summary>Draws them; at most <paramref name="maxConnections"/> in full.</summary>
    public static Drawing Of(IReadOnlyList<DiagnosedConnection> connections, DiagramOptions options, int maxConnections)
    {
        connections = WithoutAttempts(connections);
        if (connections.Count > maxConnections)
        {
            return Overview(connections, options, [$"{connections.Count} connections: an overview is drawn. Choose some with --connection, --sni or --failed, or write one file each with -o DIRECTORY/."]);
        }
        for (var detail = options.Detail; detail >= Detail.Brief; detail--)
        {
            var text = MermaidRenderer.Render(new DiagramBuilder(options with { Detail = detail }).Build(connections));
            if (text.Length > MaxCharacters) continue;
            return new Drawing(text, detail == options.Detail ? [] : [$"Drawn with less detail ({detail.ToString().ToLowerInvariant()}): Mermaid bears {MaxCharacters} characters in one diagram."]);
        }
        return Overview(connections, options, [$"An overview is drawn: Mermaid bears {MaxCharacters} characters in one diagram. Choose connections with --connection."]);
    }

    /// <summary>An attempt that another connection made good is drawn with that one, not once more for itself.</summary>
    private static IReadOnlyList<DiagnosedConnection> WithoutAttempts(IReadOnlyList<DiagnosedConnection> connections)
    {
        var attempts = connections.SelectMany(c => c.Connection.Attempts).Select(a => a.Start.Frame).ToHashSet();
        return attempts.Count == 0 ? connections : [.. connections.Where(c => c.Connection.Flow is not { } flow || !attempts.Contains(flow.Flow.First.Frame))];
    }

    private static Drawing Overview(IReadOnlyList<DiagnosedConnection> connections, DiagramOptions options, List<string> remarks)
    {
        var most = connections.Count;
        while (true)
        {
            var text = MermaidRenderer.Render(new OverviewBuilder(options).Build(connections, most));
            if (text.Length <= MaxCharacters)
            {
                if (most < connections.Count) remarks.Add($"{connections.Count - most} connections are counted, not drawn.");
                return new Drawing(text, remarks);
            }
            most = most * 9 / 10;
        }
    }

    /// <summary>Mermaid's own limit is 50,000 (its <c>maxTextSize</c>); hosts cannot be asked for theirs.</summary>
    private const int MaxCharacters = 49_000;
}
