using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Turns connections into a picture: columns, bands, arrows and verdicts. Knows no output format and no protocol.</summary>
internal sealed class DiagramBuilder(DiagramOptions options)
{
    private bool namesTunnels;

    /// <summary>What the title of several counts: what the list counts, with attempts that are drawn inside other connections. Null for those that are drawn.</summary>
    public IReadOnlyList<DiagnosedConnection>? Counted { get; init; }

    /// <summary>What this picture of one connection has in common with the other candidates for it; null where there is one picture only.</summary>
    public CandidateParts? Common { get; init; }

    /// <summary>Draws one connection, or several one below the other. There must be at least one.</summary>
    public SequenceDiagram Build(params IReadOnlyList<DiagnosedConnection> connections) => NoteFitter.Fit(BuildUnbroken(connections));

    /// <summary>The same with every line whole, for outputs that measure otherwise.</summary>
    public SequenceDiagram BuildUnbroken(params IReadOnlyList<DiagnosedConnection> connections)
    {
        if (options.Detail == Detail.Brief && connections is [var single]) return new SlideBuilder(options).Build(single);
        var common = connections.Count == 1 ? Common : null;
        var drawn = connections.Select(c => new DrawnConnection(c, options, common)).ToList();
        namesTunnels = Caption.EncapsulationOf(connections) is null;
        var columns = common is not null && !drawn[0].FoldsColumns ? common.AllColumns ??= ColumnsOf(drawn) : ColumnsOf(drawn);
        var (title, description) = common?.Headline ?? HeadlineOf(connections);
        if (common is not null) common.Headline = (title, description);
        return new SequenceDiagram(
            title,
            description,
            columns.Participants,
            [.. drawn.Select(d => Part(d, columns, common, connections.Count > 1))])
        {
            Caption = Caption.Of(options, connections, columns.Participants),
            Date = Caption.DateOf(options, connections),
        };
    }

    private Columns ColumnsOf(List<DrawnConnection> drawn)
    {
        var folded = new HashSet<Step>();
        foreach (var connection in drawn) folded.UnionWith(connection.FoldedSteps);
        return new Columns(drawn.ConvertAll(d => d.Connection), folded, drawn is [var single] ? CertificateNote.AuthorityOf(single.Diagnosed, options) : null);
    }

    private (string Title, string Description) HeadlineOf(IReadOnlyList<DiagnosedConnection> connections) => connections is [var single]
        ? (options.Title ?? Headline.Title(single), Headline.Description(single.Connection))
        : (options.Title ?? Headline.Title(Counted ?? connections), "");

    private DiagramPart Part(DrawnConnection drawn, Columns columns, CandidateParts? common, bool isOneOfMany)
    {
        var (left, right) = columns.All(drawn.Connection);
        var heading = isOneOfMany ? new Note(left, right, HeadingOf(drawn.Connection)) : null;
        var verdict = new Verdict(drawn.Diagnosed, options.Detail, CertificateNote.IsDrawn(drawn.Diagnosed, options));
        var said = common?.Verdict ?? (verdict.Opening, verdict.Closing);
        if (common is not null) common.Verdict = said;
        return new DiagramPart(heading, Said(verdict.OpeningColor, said.Opening), WaitsBehindAttempts([.. Bands(drawn, columns)]), Said(verdict.ClosingColor, said.Closing));

        Band? Said(BandColor color, IReadOnlyList<string> lines) =>
            lines.Count == 0 ? null : new Band(color, new Note(left, right, lines) { Kind = NoteKind.Verdict }, []);
    }

    /// <summary>The heading of one of several connections, with its tunnel where that is not the same for all.</summary>
    private string[] HeadingOf(Connection connection)
    {
        var heading = Headline.Heading(connection);
        return namesTunnels && EncapsulationText.Of(connection.Outline?.Encapsulation) is { } tunnel ? [heading, tunnel] : [heading];
    }

    /// <summary>The DNS resolution, the failed attempts, the phases of the connection, and where it failed, each up to where the next one begins.</summary>
    private IEnumerable<Band> Bands(DrawnConnection drawn, Columns columns)
    {
        var connection = drawn.Connection;
        var notes = new FindingNotes(drawn.Diagnosed, options, columns);
        var arrows = new ArrowWriter(options, columns, connection);
        var lines = new List<string>();
        for (var i = 0; i < drawn.Stretches.Count; i++)
        {
            var stretch = drawn.Stretches[i];
            if (drawn.IsFolded(stretch))
            {
                if (stretch.Phase.Role == PhaseRole.Transport || !drawn.Stretches.Take(i).Any(s => s.Phase == stretch.Phase && drawn.IsFolded(s))) lines.Add(FoldedPhases.LineOf(stretch, connection));
                arrows.Skip(stretch.Steps);
                if (i + 1 < drawn.Stretches.Count && drawn.IsFolded(drawn.Stretches[i + 1])) continue;
                var (from, to) = columns.Peers(connection, stretch.Phase);
                if (lines.Count > 0) yield return new Band(BandColor.Green, new Note(from, to, [.. lines]), []);
                lines.Clear();
                continue;
            }

            var (left, right) = Span(stretch, drawn.Failure, connection, columns);
            var isEnd = i + 1 < drawn.Stretches.Count && drawn.Stretches[i + 1].IsFailure;
            var items = notes.Between(arrows.Write(stretch), stretch.IsFailure || stretch.Attempt is not null, isEnd);
            yield return new Band(ColorOf(stretch), new Note(left, right, [stretch.Header ??= HeaderOf(stretch, connection)]), items) { IsFailure = stretch.IsFailure };
        }
    }

    /// <summary>Time that an attempt cost stands below it, not in the band of what came next.</summary>
    private static List<Band> WaitsBehindAttempts(List<Band> bands)
    {
        for (var i = 1; i < bands.Count; i++)
        {
            if (bands[i - 1] is not { Color: { } color, Header: { } header } attempt || color != BandColor.Amber || bands[i].Color == color) continue;
            if (bands[i].Items.Count == 0 || bands[i].Items[0] is not Note { Kind: NoteKind.Wait } wait) continue;
            bands[i - 1] = attempt with { Items = [.. attempt.Items, wait with { From = header.From, To = header.To }] };
            bands[i] = bands[i] with { Items = [.. bands[i].Items.Skip(1)] };
        }

        return bands;
    }

    private static (string Left, string Right) Span(BandStretch stretch, FailurePoint failure, Connection connection, Columns columns)
        => stretch.IsFailure ? failure.IsQuery ? columns.Helpers(connection) : columns.Peers(connection, stretch.Phase)
            : stretch.Attempt is { } attempt ? columns.Peers(connection, attempt)
            : stretch.Phase.Role == PhaseRole.Resolution ? columns.Helpers(connection) : columns.Peers(connection, stretch.Phase);

    private static string HeaderOf(BandStretch stretch, Connection connection)
    {
        if (stretch.IsFailure) return FailurePoint.Header(connection);
        if (stretch.IsEncrypted) return PhaseHeader.Encrypted(stretch.Phase, connection);
        return stretch.Attempt is { } attempt ? AttemptText.Header(attempt) : PhaseHeader.Of(stretch.Phase, stretch.Steps, connection);
    }

    private static BandColor ColorOf(BandStretch stretch) => stretch switch
    {
        { IsFailure: true } => BandColor.Red,
        { Attempt: { } attempt } => AttemptText.Color(attempt),
        { IsEncrypted: true } => BandColor.DeepPurple,
        _ => stretch.Phase.Color,
    };
}
