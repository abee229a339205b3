using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Turns one connection into a picture: columns, bands, arrows and the verdict. Knows no output format and no protocol.</summary>
public sealed class DiagramBuilder(DiagramOptions options)
{
    /// <summary>Draws a connection.</summary>
    public SequenceDiagram Build(DiagnosedConnection diagnosed)
    {
        var columns = Columns.Of(diagnosed.Connection);
        var arrows = new ArrowWriter(options, columns, diagnosed.Connection);
        return new SequenceDiagram(
            options.Title ?? Headline.Title(diagnosed),
            Headline.Description(diagnosed.Connection),
            columns.Participants,
            [.. Bands(diagnosed, columns, arrows)],
            new Note(columns.First, columns.Last, Headline.Verdict(diagnosed)));
    }

    /// <summary>The look-up, the attempts that came to nothing, the phases of the connection, and where it broke.</summary>
    private IEnumerable<Band> Bands(DiagnosedConnection diagnosed, Columns columns, ArrowWriter arrows)
    {
        var connection = diagnosed.Connection;
        var failure = FailurePoint.Of(connection);
        var phases = connection.Steps.Where(s => IsDrawn(s) && !failure.Contains(s)).GroupBy(s => s.Phase).OrderBy(g => g.Key).ToList();
        foreach (var phase in phases.Where(p => p.Key == Phase.Dns)) yield return PhaseBand(phase.Key, [.. phase], diagnosed, columns, arrows);
        foreach (var attempt in connection.Attempts) yield return AttemptBand(attempt, columns, arrows);
        foreach (var phase in phases.Where(p => p.Key != Phase.Dns)) yield return PhaseBand(phase.Key, [.. phase], diagnosed, columns, arrows);
        if (failure.Exists) yield return FailureBand(failure, diagnosed, columns, arrows);
    }

    private Band PhaseBand(Phase phase, IReadOnlyList<Step> steps, DiagnosedConnection diagnosed, Columns columns, ArrowWriter arrows)
    {
        var (left, right) = phase == Phase.Dns ? columns.Helpers : columns.Peers;
        return new Band(KindOf(phase), new Note(left, right, [PhaseHeader.Of(phase, steps, diagnosed.Connection)]), arrows.Write(steps));
    }

    private static Band AttemptBand(Attempt attempt, Columns columns, ArrowWriter arrows)
    {
        var (left, right) = columns.Peers;
        var ending = attempt.WasReset ? "refused" : "no answer";
        return new Band(BandKind.Attempt, new Note(left, right, [$"TCP to {attempt.Server} · {ending}"]), arrows.WriteAttempt(attempt));
    }

    private static Band FailureBand(FailurePoint failure, DiagnosedConnection diagnosed, Columns columns, ArrowWriter arrows)
    {
        var (left, right) = failure.IsLookup ? columns.Helpers : columns.Peers;
        return new Band(BandKind.Failure, new Note(left, right, [failure.Header(diagnosed.Connection)]), arrows.Write(failure.Steps));
    }

    private bool IsDrawn(Step step)
        => options.Detail switch
        {
            Detail.Full => true,
            Detail.Normal => step.Phase != Phase.Close || step.IsDeadEnd,
            _ => (step.Phase != Phase.Close || step.IsDeadEnd) && step is not IRecoveryStep,
        };

    private static BandKind KindOf(Phase phase) => phase switch
    {
        Phase.Dns => BandKind.Dns,
        Phase.Tcp => BandKind.Tcp,
        Phase.Prelude => BandKind.Prelude,
        Phase.Tls => BandKind.Tls,
        _ => BandKind.Data,
    };
}
