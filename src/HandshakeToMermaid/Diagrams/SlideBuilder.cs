using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>One connection for a slide: the verdict and at most five arrows of a line each, one for each phase and the rest for the handshake.</summary>
internal sealed class SlideBuilder(DiagramOptions options)
{
    /// <summary>Draws it.</summary>
    public SequenceDiagram Build(DiagnosedConnection diagnosed)
    {
        var drawn = new DrawnConnection(diagnosed, options);
        // Between a resolver and the client nothing else may stand: beside attempts and routers the resolution is left out.
        var isCrowded = diagnosed.Connection.Beside.Count > 0 || diagnosed.Connection.Steps.Any(s => s.Router is not null);
        var columns = new Columns([diagnosed.Connection], isCrowded ? [.. diagnosed.Connection.Steps.Where(s => s.Helper is not null)] : [], null);
        var verdict = new Verdict(diagnosed, Detail.Brief, areChecksDrawn: false);
        var (left, right) = columns.All(diagnosed.Connection);
        var part = new DiagramPart(null, Said(verdict.OpeningColor, verdict.Opening), [.. Bands(drawn, columns)], Said(verdict.ClosingColor, verdict.Closing));
        return NoteFitter.Fit(new SequenceDiagram(
            options.Title ?? Headline.Title(diagnosed), Headline.Description(diagnosed.Connection), [.. columns.Participants.Select(p => p with { Lines = [p.Lines[0]] })], [part])
        {
            Caption = Caption.Of(options, [diagnosed], columns.Participants),
            Date = Caption.DateOf(options, [diagnosed]),
            IsNumbered = false,
        });

        Band? Said(BandColor color, IReadOnlyList<string> lines) =>
            lines.Count == 0 ? null : new Band(color, new Note(left, right, lines) { Kind = NoteKind.Verdict }, []);
    }

    private static IEnumerable<Band> Bands(DrawnConnection drawn, Columns columns)
    {
        var connection = drawn.Connection;
        var before = new List<DiagramItem>();
        var steps = new List<Step>();
        var isCounted = connection.Beside.Count > Columns.MaxAttempts;
        var (attempts, phases) = (new HashSet<Attempt>(), new HashSet<Phase>());
        foreach (var stretch in drawn.Stretches.Where(s => !s.IsFailure))
        {
            if (stretch.Steps[0] is { Helper: { } helper } && !columns.HasHelper(helper)) continue;
            if (stretch.Attempt is { } attempt && (isCounted ? attempts.Count > 0 : attempts.Contains(attempt))) continue;
            if (stretch.Attempt is { } first)
            {
                attempts.Add(first);
                IReadOnlyList<Step> tried = isCounted ? [.. connection.Beside.SelectMany(a => a.Steps)] : first.Steps;
                before.Add(ArrowOf(tried, isCounted ? $"TCP to {connection.Beside.Count} other addresses" : $"{AttemptText.What(first)} to {first.Server}", connection, columns, first));
            }
            else if (stretch.Phase.Role is PhaseRole.Resolution or PhaseRole.Transport && phases.Add(stretch.Phase)) before.Add(ArrowOf(stretch.Steps, PhaseHeader.Of(stretch.Phase, stretch.Steps, connection), connection, columns));
            else if (stretch.Phase.Role is not (PhaseRole.Resolution or PhaseRole.Transport)) steps.AddRange(stretch.Steps.Where(s => s.Phase.Role is PhaseRole.Handshake or PhaseRole.Upgrade));
        }

        var failed = drawn.Stretches.Where(s => s.IsFailure).SelectMany(s => s.Steps).Where(s => !s.IsRecovery).Take(1).ToList();
        var room = Math.Max(1, MaxArrows - before.Count - failed.Count);
        yield return new Band(null, null, [.. before, .. Chosen(steps, drawn.Diagnosed, room).Select(s => ArrowOf([s], TextOf(s), connection, columns))]);
        if (failed.Count > 0) yield return new Band(BandColor.Red, null, [ArrowOf(failed, TextOf(failed[0]), connection, columns)]) { IsFailure = true };
    }

    /// <summary>The steps that tell the story: the first of each side, what the leading finding is about, and the last.</summary>
    private static List<Step> Chosen(List<Step> steps, DiagnosedConnection diagnosed, int room)
    {
        if (steps.Count == 0) return [];
        var at = diagnosed.Findings is [{ At: { } step }, ..] ? step : null;
        Step?[] wanted = [steps[0], at is not null && steps.Contains(at) ? at : null, steps.Find(s => s.From != steps[0].From), steps[^1], .. steps];
        var chosen = wanted.OfType<Step>().Distinct().Take(room).ToHashSet();
        return [.. steps.Where(chosen.Contains)];
    }

    private static Arrow ArrowOf(IReadOnlyList<Step> steps, string text, Connection connection, Columns columns, Attempt? attempt = null)
    {
        var first = steps[0];
        var side = attempt?.SideOf(first) ?? connection.SideOf(first);
        var (from, to) = columns.Ends(first, side, connection, attempt);
        return new Arrow(from, to, [TextWidth.Shorten(VisibleText.Of(text), LongestLabel)], side == Side.Server, steps.Any(s => (s.IsDeadEnd && s.Router is null) || s.IsUndelivered), steps);
    }

    private static string TextOf(Step step)
    {
        foreach (var fact in step.Facts(Detail.Brief))
        {
            return $"{step.Title} · {(fact.Name.Length == 0 ? fact.Text : $"{fact.Name} {fact.Text}")}";
        }

        return step.Title;
    }

    private const int MaxArrows = 5;
    private const int LongestLabel = 44;
}
