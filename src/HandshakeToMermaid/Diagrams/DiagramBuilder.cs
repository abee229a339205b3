using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Turns connections into a picture: columns, bands, arrows and verdicts. Knows no output format and no protocol.</summary>
public sealed class DiagramBuilder(DiagramOptions options)
{
    /// <summary>Draws one connection, or several one below the other. There must be at least one.</summary>
    public SequenceDiagram Build(params IReadOnlyList<DiagnosedConnection> connections)
    {
        var columns = connections.Count == 1
            ? Columns.Of(connections[0].Connection, CertificateNote.AuthorityOf(connections[0], options))
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
        return new DiagramPart(heading, [.. Bands(diagnosed, columns)], new Note(left, right, Headline.Verdict(diagnosed, options.Detail, isCertificateTold: columns.Authority is not null)));
    }

    /// <summary>The look-up, the attempts that came to nothing, the phases of the connection, and where it broke.</summary>
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
        List<Step> drawn = [.. connection.Steps];
        drawn.RemoveAll(s => !IsDrawn(s) || failure.Contains(s));
        for (var phase = Phase.Dns; phase <= Phase.Close; phase++)
        {
            // What was tried first stands between the look-up and the connection.
            foreach (var attempt in phase == Phase.Tcp ? connection.Attempts : []) yield return AttemptBand(attempt, connection, columns, arrows);
            var steps = drawn.FindAll(s => s.Phase == phase);
            if (steps.Count > 0) yield return PhaseBand(phase, steps, connection, columns, arrows);
        }
        if (failure.Exists) yield return FailureBand(failure, connection, columns, arrows);
    }

    private static Band PhaseBand(Phase phase, IReadOnlyList<Step> steps, Connection connection, Columns columns, ArrowWriter arrows)
    {
        var (left, right) = phase == Phase.Dns ? columns.Helpers(connection) : columns.Peers(connection);
        return new Band(KindOf(phase), new Note(left, right, [PhaseHeader.Of(phase, steps, connection)]), arrows.Write(steps));
    }

    private static Band AttemptBand(Attempt attempt, Connection connection, Columns columns, ArrowWriter arrows)
    {
        var (left, right) = columns.Peers(connection);
        var ending = attempt.WasReset ? "refused" : "no answer";
        return new Band(BandKind.Attempt, new Note(left, right, [$"TCP to {attempt.Server} · {ending}"]), arrows.Write(attempt.Steps));
    }

    private static Band FailureBand(FailurePoint failure, Connection connection, Columns columns, ArrowWriter arrows)
    {
        var (left, right) = failure.IsLookup ? columns.Helpers(connection) : columns.Peers(connection);
        return new Band(BandKind.Failure, new Note(left, right, [failure.Header(connection)]), arrows.Write(failure.Steps));
    }

    private bool IsDrawn(Step step)
    {
        if (step.Level > options.Detail) return false;
        // An orderly end and what TCP repaired by itself are no part of the story, unless everything is wanted.
        if (step.IsRoutine) return options.Detail == Detail.Full;
        return !step.IsRecovery || options.Detail > Detail.Brief;
    }

    private static BandKind KindOf(Phase phase) => phase switch
    {
        Phase.Dns => BandKind.Dns,
        Phase.Tcp => BandKind.Tcp,
        Phase.Prelude => BandKind.Prelude,
        Phase.Tls => BandKind.Tls,
        _ => BandKind.Data,
    };
}
