using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Turns connections into a picture: columns, bands, arrows and verdicts. Knows no output format and no protocol.</summary>
internal sealed class DiagramBuilder(DiagramOptions options)
{
    /// <summary>Draws one connection, or several one below the other. There must be at least one.</summary>
    public SequenceDiagram Build(params IReadOnlyList<DiagnosedConnection> connections)
    {
        var columns = connections.Count == 1
            ? Columns.Of(connections[0].Connection, CertificateNote.AuthorityOf(connections[0], options), options.Detail != Detail.Brief)
            : Columns.Of([.. connections.Select(c => c.Connection)]);
        return new SequenceDiagram(
            options.Title ?? (connections.Count == 1 ? Headline.Title(connections[0]) : Headline.Title(connections)),
            connections.Count == 1 ? Headline.Description(connections[0].Connection) : "",
            columns.Participants,
            [.. connections.Select(c => Part(c, columns, connections.Count > 1))]);
    }

    private DiagramPart Part(DiagnosedConnection diagnosed, Columns columns, bool isOneOfMany)
    {
        var connection = diagnosed.Connection;
        var (left, right) = columns.All(connection);
        var heading = isOneOfMany ? new Note(left, right, [Headline.Heading(connection)]) : null;
        return new DiagramPart(heading, [.. Bands(diagnosed, columns)], new Note(left, right, Headline.Verdict(diagnosed, options.Detail, isCertificateTold: CertificateNote.IsReported(diagnosed, columns))));
    }

    /// <summary>The DNS resolution, the failed attempts, the phases of the connection, and where it failed, each up to where the next one begins.</summary>
    private IEnumerable<Band> Bands(DiagnosedConnection diagnosed, Columns columns)
    {
        var connection = diagnosed.Connection;
        var notes = new FindingNotes(diagnosed, options, columns);
        foreach (var band in Bands(diagnosed, columns, new ArrowWriter(options, columns, connection))) yield return band with { Items = notes.Between(band.Items) };
    }

    private IEnumerable<Band> Bands(DiagnosedConnection diagnosed, Columns columns, ArrowWriter arrows)
    {
        var connection = diagnosed.Connection;
        var failure = FailurePoint.Of(diagnosed);
        foreach (var stretch in BandStretch.Of(connection, failure, s => IsDrawn(s) || IsPointedAt(s, diagnosed)))
        {
            var (left, right) = Span(stretch, failure, connection, columns);
            yield return new Band(ColorOf(stretch), new Note(left, right, [HeaderOf(stretch, connection)]), arrows.Write(stretch.Steps, stretch.Attempt)) { IsFailure = stretch.IsFailure };
        }
    }

    private static (string Left, string Right) Span(BandStretch stretch, FailurePoint failure, Connection connection, Columns columns)
        => stretch.IsFailure ? failure.IsQuery ? columns.Helpers(connection) : columns.Peers(connection)
            : stretch.Attempt is { } attempt ? columns.Peers(connection, attempt)
            : stretch.Phase.Role == PhaseRole.Resolution ? columns.Helpers(connection) : columns.Peers(connection);

    private static string HeaderOf(BandStretch stretch, Connection connection)
    {
        if (stretch.IsFailure) return FailurePoint.Header(connection);
        return stretch.Attempt is { } attempt
            ? $"TCP to {attempt.Server} · {(attempt.WasReset ? "refused" : "no response")}"
            : PhaseHeader.Of(stretch.Phase, stretch.Steps, connection);
    }

    private bool IsDrawn(Step step)
    {
        if (step.Level > options.Detail) return false;
        // An orderly close and what TCP repaired by itself are left out below full detail.
        if (step.IsRoutine) return options.Detail == Detail.Full;
        return !step.IsRecovery || options.Detail > Detail.Brief;
    }

    private static BandColor ColorOf(BandStretch stretch) => stretch switch
    {
        { IsFailure: true } => BandColor.Red,
        { Attempt: not null } => BandColor.Amber,
        _ => stretch.Phase.Color,
    };

    /// <summary>True for the step that a warning or an error is about.</summary>
    private static bool IsPointedAt(Step step, DiagnosedConnection diagnosed)
    {
        for (var i = 0; i < diagnosed.Findings.Count; i++)
        {
            if (diagnosed.Findings[i] is { Severity: not Severity.Info, FollowsFrom: null } finding && ReferenceEquals(finding.At, step)) return true;
        }

        return false;
    }
}
