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
        var what = connection.Flow is null ? "DNS resolution of" : span is null || connection.Flow.IsJoinedMidway && !connection.Steps.Any(s => s.Phase.Role == PhaseRole.Handshake) ? "Connection with" : $"{span.Title} handshake with";
        return $"{what} {Server(connection)}, {Short(diagnosed)}";
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
        => VisibleText.Of($"Connection {connection.Id} · {TextWidth.Shorten(Server(connection), NameLength)}");

    /// <summary>The phases and how long they took.</summary>
    public static string Description(Connection connection)
    {
        var parts = new List<string>(4);
        var timing = connection.Timing;
        foreach (var phase in timing.Phases) parts.Add($"{phase.Phase.Title} {Quantities.Text(phase.Time.Length)}");
        if (timing.Total is { } total && connection.Outcome.IsCompleted) parts.Add($"total {Quantities.Text(total)}");
        return string.Join(", ", parts);
    }

    /// <summary>The last note of a diagram, a line each; a slide is spared the evidence and what was found besides.</summary>
    /// <param name="diagnosed">The connection.</param>
    /// <param name="detail">The level of detail.</param>
    /// <param name="isCertificateTold">True where the checks of the certificate stand beside it.</param>
    public static IReadOnlyList<string> Verdict(DiagnosedConnection diagnosed, Detail detail = Detail.Normal, bool isCertificateTold = false)
    {
        var connection = diagnosed.Connection;
        if (diagnosed is { IsFailed: true, Findings: [var leading, ..] }) return Wrapped([.. Explained(leading, diagnosed).Take(detail == Detail.Brief ? MaxBriefly : int.MaxValue)]);
        if (diagnosed.IsFailed) return Wrapped($"Failed: {OutcomeText.Sentence(connection.Outcome)}");
        var lines = new List<string> { connection.Outcome.IsFailure ? "Opened and closed without data" : OutcomeText.Verdict(connection) };
        if (diagnosed.Checks.Count > 0 && detail != Detail.Brief && !isCertificateTold) lines.Add($"Certificate: {string.Join(", ", diagnosed.Checks.Select(c => c.Text))}");
        var own = diagnosed.Findings.Where(f => f.FollowsFrom is null).ToList();
        foreach (var finding in own.Take(MaxFindings)) lines.Add($"{(finding.Severity == Severity.Info ? "Note" : "Warning")}: {finding.Title}: {finding.Cause}");
        if (own.Count > MaxFindings) lines.Add($"And {own.Count - MaxFindings} more");
        if (own is [{ Severity: not Severity.Info } first, ..]) lines.Add($"Fix: {first.Fix}");
        foreach (var unparsed in connection.Unparsed.Take(MaxUnparsed)) lines.Add($"Not read: {unparsed.Detail}");
        if (connection.Unparsed.Count > MaxUnparsed) lines.Add($"Not read: {connection.Unparsed.Count - MaxUnparsed} more");
        return Wrapped([.. lines]);
    }

    /// <summary>The displayed name of the server.</summary>
    public static string Server(Connection connection)
        => connection.Server.Name ?? connection.Server.Endpoint?.ToString() ?? "an unknown server";

    /// <summary>What went wrong, why, what to do, where it is seen, and what else was found.</summary>
    private static IEnumerable<string> Explained(Finding leading, DiagnosedConnection diagnosed)
    {
        yield return $"Error: {leading.Title}";
        yield return $"{FindingText.CauseLabel(leading)}: {leading.Cause}";
        yield return $"Fix: {leading.Fix}";
        if (leading.Frames.Count > 0) yield return $"Seen in {(leading.Frames.Count == 1 ? "frame" : "frames")} {string.Join(", ", leading.Frames.Take(MaxFrames))}";
        var follows = diagnosed.Findings.Skip(1).Where(f => f.FollowsFrom is not null).Select(f => f.Title).ToList();
        if (follows.Count > 0) yield return $"{(follows.Count == 1 ? "Consequence" : "Consequences")}: {string.Join(", ", follows.Take(MaxFindings))}";
        var besides = diagnosed.Findings.Skip(1).Where(f => f.FollowsFrom is null && f.Severity != Severity.Info).Select(f => f.Title).ToList();
        if (besides.Count > 0) yield return $"Also found: {string.Join(", ", besides.Take(MaxFindings))}";
    }

    /// <summary>How it turned out in a word or two, the same in titles, rows and tables: "established", "failed", "opened and closed".</summary>
    public static string Short(DiagnosedConnection diagnosed) => diagnosed switch
    {
        { IsFailed: true } => "failed",
        { Connection.Outcome.IsFailure: true } => "opened and closed",
        _ => OutcomeText.Short(diagnosed.Connection.Outcome),
    };

    private static List<string> Wrapped(params string[] lines)
        => [.. lines.SelectMany(l => TextWidth.Wrap(VisibleText.Of(l), VerdictWidth))];

    private const int NameLength = 48;
    private const double VerdictWidth = 520;
    private const int MaxUnparsed = 3;
    private const int MaxFindings = 2;
    private const int MaxFrames = 6;

    /// <summary>What went wrong, why, what to do.</summary>
    private const int MaxBriefly = 3;
}
