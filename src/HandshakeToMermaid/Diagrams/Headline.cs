using System.Globalization;
using System.Text;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>What is said about a connection as a whole: its title, its description, its verdict.</summary>
internal static class Headline
{
    /// <summary>"TLS 1.3 handshake with www.example.com, established".</summary>
    public static string Title(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        var span = connection.Handshake;
        var what = connection.Outline is null ? "DNS resolution of" : span is null || connection.Outline.IsJoinedMidway && !connection.Steps.Any(s => s.Phase.Role == PhaseRole.Handshake) ? "Connection with" : $"{span.Title} handshake with";
        // The handshake with the proxy was completed: what failed is the way behind it.
        if (connection is { IsProxyWithinTls: true, Outcome.IsCompleted: true } && diagnosed.IsFailed && span?.Phase != Phase.InnerTls) return $"Tunnel through {NameOf(connection.Proxy!)} to {Server(connection)}, {Short(diagnosed)}";
        var peer = connection.IsProxyWithinTls && span?.Phase != Phase.InnerTls ? NameOf(connection.Proxy!) : Server(connection);
        return $"{what} {peer}, {Short(diagnosed)}";
    }

    /// <summary>"4 connections, 3 established, 1 failed".</summary>
    public static string Title(IReadOnlyList<DiagnosedConnection> connections)
    {
        var counts = new OrderedDictionary<string, int>();
        foreach (var outcome in connections.Select(Short)) counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        var title = new StringBuilder(Quantities.Count(connections.Count, "connection", "connections"));
        foreach (var (outcome, count) in counts) title.Append(CultureInfo.InvariantCulture, $", {count} {outcome}");
        return title.ToString();
    }

    /// <summary>"Connection 2 · www.example.com".</summary>
    public static string Heading(Connection connection)
    {
        var address = connection.Server is { Name: not null, Endpoint: { } end } ? $" · {end}" : "";
        return VisibleText.Of($"Connection {connection.Id} · {TextWidth.Shorten(Server(connection), NameLength)}{address}");
    }

    /// <summary>The phases and how long they took.</summary>
    public static string Description(Connection connection)
    {
        var parts = new List<string>(4);
        var timing = connection.Timing;
        foreach (var phase in timing.Phases) parts.Add($"{phase.Phase.Title} {Quantities.Text(phase.Time.Length)}");
        if (timing.Total is { } total && connection.Outcome.IsCompleted) parts.Add($"total {Quantities.Text(total)}");
        return string.Join(", ", parts);
    }

    /// <summary>The displayed name of the server.</summary>
    public static string Server(Connection connection) => NameOf(connection.Server);

    private static string NameOf(Party party) => party.Name ?? party.Endpoint?.ToString() ?? "an unknown server";

    /// <summary>How it turned out in a word or two, the same in titles, rows and tables: "established", "failed", "opened and closed".</summary>
    public static string Short(DiagnosedConnection diagnosed) => diagnosed switch
    {
        { IsFailed: true } => "failed",
        { Connection.Outcome.IsFailure: true } => "opened and closed",
        _ => OutcomeText.Short(diagnosed.Connection.Outcome),
    };

    private const int NameLength = 48;
}
