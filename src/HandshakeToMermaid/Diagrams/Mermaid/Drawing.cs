using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Mermaid;

/// <summary>
/// Connections as Mermaid that the page it is pasted into bears. What does not fit is taken back in this order: detail
/// (full, normal, brief), then repetitions are folded, then the diagram is split into numbered parts.
/// </summary>
/// <param name="Parts">The diagrams' sources; more than one only where one would be too long.</param>
/// <param name="Remarks">What was left out, a sentence each.</param>
internal sealed record Drawing(IReadOnlyList<string> Parts, IReadOnlyList<string> Remarks)
{
    /// <summary>The first part, which is nearly always the only one.</summary>
    public string Text => Parts[0];

    /// <summary>Draws them; at most <paramref name="maxConnections"/> in full, above that as an overview.</summary>
    public static Drawing Of(
        IReadOnlyList<DiagnosedConnection> connections, DiagramOptions options, int maxConnections, MermaidProfile? profile = null, PageTemplate? template = null)
    {
        profile ??= new MermaidProfile();
        var drawn = InOnePicture(connections);
        if (drawn.Count > maxConnections)
        {
            // An overview counts what the list counts, attempts included.
            return Overview(ConnectionGroup.Fold(connections), connections, options, profile, template, [$"{connections.Count} connections: an overview is drawn. Select some with --connection, --sni or --failed, or write one file each with -o DIRECTORY/."]);
        }
        if (drawn is [var single] && options.Detail == Detail.Normal)
        {
            var common = new CandidateParts();
            if (Concise(o => new DiagramBuilder(o) { Common = common }.Build(single), single.IsFailed, options, profile, template) is { } concise) return concise;
        }

        // Several are one below the other: of what went well a note each is enough.
        if (drawn.Count > 1 && !options.Explain) options = options with { Folding = Folding.Resolution };
        return Fitting(detail => new DiagramBuilder(options with { Detail = detail }) { Counted = connections }.Build(drawn), options.Detail, profile, template)
            ?? Folded(drawn, connections, options with { Detail = Detail.Brief }, profile, template);
    }

    /// <summary>
    /// One connection within what is read at a glance. Given up in this order: the description for screen readers, the arrows of TCP, those of DNS, those
    /// of the end behind an alert, and the texts of passed checks; never the verdict, the failing check or the alert. Null where the page accepts less than that.
    /// </summary>
    /// <param name="build">Draws the connection.</param>
    /// <param name="isFailed">True where it failed: its picture is to be on one screen.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="profile">What the page accepts.</param>
    /// <param name="template">A template of the user's; null for the built-in one.</param>
    internal static Drawing? Concise(Func<DiagramOptions, SequenceDiagram> build, bool isFailed, DiagramOptions options, MermaidProfile profile, PageTemplate? template = null)
    {
        var tallest = isFailed ? FailurePixels : SuccessPixels;
        SequenceDiagram? drawn = null;
        string? text = null;
        foreach (var (candidate, isDescribed) in Candidates(options))
        {
            // A count in place of the checks saves characters, and hardly a line of a picture that may be longer.
            if (candidate.CountsPassedChecks && !isFailed && (text ??= Render(drawn!)).Length <= Budget(options)) break;
            // The description is the one part of the text that is not in the picture: without it the picture is the same.
            if (drawn is null || !ReferenceEquals(candidate, options)) drawn = build(candidate);
            if (!isDescribed) drawn = drawn with { Description = "" };
            // The text of a picture that is too tall is not needed: it is written for the last candidate only.
            text = null;
            if (!options.Explain && PictureHeight.Of(drawn) > tallest) continue;
            text = Render(drawn);
            if (text.Length <= Budget(options)) break;
        }

        text ??= Render(drawn!);
        return text.Length <= profile.MaxCharacters ? new Drawing([text], []) : null;

        string Render(SequenceDiagram diagram) => MermaidRenderer.Render(diagram, profile, template);
    }

    private static int Budget(DiagramOptions options) => options.Explain ? ExplainedCharacters : ConciseCharacters;

    private static IEnumerable<(DiagramOptions Options, bool IsDescribed)> Candidates(DiagramOptions options)
    {
        yield return (options, true);
        yield return (options, false);
        yield return (options with { Folding = Folding.Transport }, false);
        yield return (options with { Folding = Folding.Resolution }, false);
        yield return (options with { Folding = Folding.Resolution, JoinsCloses = true }, false);
        yield return (options with { Folding = Folding.Resolution, JoinsCloses = true, CountsPassedChecks = true }, false);
    }

    /// <summary>Characters of one connection at normal detail: a comment of a code host or a chat holds them.</summary>
    private const int ConciseCharacters = 1_900;

    /// <summary>Pixels of a failure, at its natural size: its cause and its end are on one screen.</summary>
    private const double FailurePixels = 1_000;

    /// <summary>Pixels of a connection that did not fail.</summary>
    private const double SuccessPixels = 1_280;

    /// <summary>The same where each message says what it is for.</summary>
    private const int ExplainedCharacters = 3_500;

    /// <summary>An overview: an arrow per connection or repetition.</summary>
    public static Drawing Overview(
        IReadOnlyList<ConnectionGroup> groups,
        IReadOnlyList<DiagnosedConnection> connections,
        DiagramOptions options,
        MermaidProfile profile,
        PageTemplate? template,
        IReadOnlyList<string> remarks)
    {
        return Split(new OverviewBuilder(options).Build(groups, connections), profile, template, remarks);
    }

    /// <summary>An attempt that another connection made good is drawn with that one, not once more for itself.</summary>
    public static IReadOnlyList<DiagnosedConnection> WithoutAttempts(IReadOnlyList<DiagnosedConnection> connections)
    {
        var attempts = new Dictionary<FrameMark, Attempt>();
        foreach (var connection in connections)
        {
            foreach (var attempt in connection.Connection.Beside) attempts[attempt.Start] = attempt;
        }
        return attempts.Count == 0 ? connections : [.. connections.Where(c => c.Connection.FlowStart is not { } start || !attempts.TryGetValue(start, out var drawn) || !IsWhole(drawn, c))];
    }

    /// <summary>The same for one picture: a lane of a visit that has its own part of it is not drawn beside the other lane again.</summary>
    public static IReadOnlyList<DiagnosedConnection> InOnePicture(IReadOnlyList<DiagnosedConnection> connections)
    {
        var drawn = WithoutAttempts(connections);
        if (drawn.All(c => c.Connection.Lane is null)) return drawn;
        var starts = drawn.Select(c => c.Connection.FlowStart).OfType<FrameMark>().ToHashSet();
        return [.. drawn.Select(c => c.Connection.Lane is { } lane && starts.Contains(lane.Start) ? c with { Connection = c.Connection.WithoutLane() } : c)];
    }

    /// <summary>True where an attempt is drawn whole beside another connection: a lane of which something was found, or that came to another end later, has a drawing of its own too.</summary>
    private static bool IsWhole(Attempt drawn, DiagnosedConnection connection) =>
        drawn.Lane is not { } lane || !lane.IsAnswered || (lane.Outcome == connection.Connection.Outcome.Class.Name && connection.Findings.All(f => f.Severity == Severity.Info));

    /// <summary>The most detailed drawing that the page accepts; null where even the least detailed one is too long.</summary>
    /// <param name="build">Makes the picture at a level of detail.</param>
    /// <param name="wanted">The level to begin with.</param>
    /// <param name="profile">What the page accepts.</param>
    /// <param name="template">A template of the user's; null for the built-in one.</param>
    internal static Drawing? Fitting(Func<Detail, SequenceDiagram> build, Detail wanted, MermaidProfile profile, PageTemplate? template = null)
    {
        for (var detail = wanted; detail >= Detail.Brief; detail--)
        {
            var diagram = build(detail);
            if (detail < wanted) diagram = Remarked(diagram, $"Drawn with less detail ({Name(detail)}) to fit {profile.MaxCharacters} characters");
            var text = MermaidRenderer.Render(diagram, profile, template);
            if (text.Length <= profile.MaxCharacters) return new Drawing([text], detail == wanted ? [] : [LessDetail(detail, profile)]);
        }

        return null;
    }

    private static Drawing Folded(IReadOnlyList<DiagnosedConnection> connections, IReadOnlyList<DiagnosedConnection> counted, DiagramOptions options, MermaidProfile profile, PageTemplate? template)
    {
        var groups = ConnectionGroup.Fold(connections);
        var diagram = new DiagramBuilder(options) { Counted = counted }.Build([.. groups.Select(g => g.First)]);
        var parts = diagram.Parts.Zip(groups, (part, group) => group.IsFolded && part.Heading is { } heading
            ? part with { Heading = heading with { Lines = [.. heading.Lines, group.Repeats] } }
            : part);
        List<string> remarks = [LessDetail(options.Detail, profile)];
        if (groups.Count < connections.Count) remarks.Add($"{connections.Count - groups.Count} connections that repeat others are not drawn.");
        return Split(Remarked(diagram with { Parts = [.. parts] }, $"Drawn with less detail ({Name(options.Detail)}), parts of at most {profile.MaxCharacters} characters"), profile, template, remarks);
    }

    private static Drawing Split(SequenceDiagram diagram, MermaidProfile profile, PageTemplate? template, IReadOnlyList<string> remarks)
    {
        var pieces = DiagramSplitter.Split(diagram, candidate => MermaidRenderer.Render(candidate, profile, template).Length <= profile.MaxCharacters);
        var drawn = pieces.Diagrams.Select(piece => MermaidRenderer.Render(piece, profile, template)).ToList();
        List<string> all = [.. remarks];
        if (drawn.Count > 1) all.Add($"The diagram is split into {drawn.Count} parts of at most {profile.MaxCharacters} characters.");
        if (pieces.ArrowsLeftOut > 0) all.Add($"{pieces.ArrowsLeftOut} arrows are not drawn.");
        return new Drawing(drawn, all);
    }

    private static SequenceDiagram Remarked(SequenceDiagram diagram, string remark)
    {
        var last = diagram.Parts[^1];
        var note = new Note(diagram.Participants[0].Id, diagram.Participants[^1].Id, [remark]);
        return diagram with { Parts = [.. diagram.Parts.SkipLast(1), last with { Bands = [.. last.Bands, new Band(null, null, [note])] }] };
    }

    private static string LessDetail(Detail detail, MermaidProfile profile)
        => $"Drawn with less detail ({Name(detail)}): a diagram may have at most {profile.MaxCharacters} characters here.";

    private static string Name(Detail detail) => detail switch { Detail.Brief => "brief", Detail.Normal => "normal", _ => "full" };
}
