using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Comparisons;

/// <summary>
/// Two runs as one picture: the client in the middle, the server of the good run on its left, that of the bad run on its right. What is the same in
/// both is one line; what differs has an arrow on either side, and the first difference a band of its own.
/// </summary>
internal sealed class ComparisonDiagram(DiagramOptions options)
{
    /// <summary>Draws pairs of connections, one below the other.</summary>
    public SequenceDiagram Build(CaptureComparison comparison) => NoteFitter.Fit(BuildUnbroken(comparison));

    /// <summary>The same with every line whole, for outputs that measure otherwise.</summary>
    public SequenceDiagram BuildUnbroken(CaptureComparison comparison)
    {
        var pairs = comparison.Pairs;
        var drawn = pairs.Count == 1 ? pairs : [.. pairs.Where(p => !p.IsSame).Take(MostDrawn)];
        if (drawn.Count == 0) drawn = [pairs[0]];
        IReadOnlyList<Participant> participants = drawn is [var single]
            ? [ServerOf("Good run", GoodServer, single.Good.Connection), ClientOf(single), ServerOf("Bad run", BadServer, single.Bad.Connection)]
            : [new(GoodServer, ["Good run", "server"]), new(Client, ["Client"]), new(BadServer, ["Bad run", "server"])];
        return new SequenceDiagram(options.Title ?? Title(comparison), "", participants, [.. drawn.Select(p => Part(p, drawn.Count > 1)), .. NotDrawn(comparison, drawn)])
        {
            Caption = options.Title is { } title ? Across([VisibleText.Of(title)]) : null,
        };
    }

    private static string Title(CaptureComparison comparison)
    {
        var differing = comparison.Pairs.Count(p => !p.IsSame);
        if (comparison.Pairs is [var single]) return $"Comparison of two connections with {Headline.Server(single.Bad.Connection)}, {(single.IsSame ? "the same" : $"{Quantities.Count(single.Differences.Count, "difference", "differences")}")}";
        return $"Comparison of {comparison.Pairs.Count} pairs of connections, {differing} differ";
    }

    /// <summary>How connections were paired, which of them have no counterpart, and pairs without a picture.</summary>
    private static IEnumerable<DiagramPart> NotDrawn(CaptureComparison comparison, IReadOnlyList<ConnectionComparison> drawn)
    {
        List<string> lines = [.. comparison.Remarks.Select(r => VisibleText.Of(r.TrimEnd('.')))];
        if (comparison.OnlyGood.Count > 0) lines.Add($"Only in the good run: {Named(comparison.OnlyGood)}");
        if (comparison.OnlyBad.Count > 0) lines.Add($"Only in the bad run: {Named(comparison.OnlyBad)}");
        var (same, differing) = (comparison.Pairs.Count(p => p.IsSame && !drawn.Contains(p)), comparison.Pairs.Count(p => !p.IsSame && !drawn.Contains(p)));
        if (same > 0) lines.Add($"{Quantities.Count(same, "more pair", "more pairs")} without a difference");
        if (differing > 0) lines.Add($"{Quantities.Count(differing, "more pair", "more pairs")} with differences");
        if (lines.Count > 0) yield return new DiagramPart(Across([.. lines.SelectMany(l => TextWidth.Wrap(l, NoteWidth))]), null, [], null);
    }

    private static string Named(IReadOnlyList<DiagnosedConnection> connections)
    {
        var named = connections.Take(MostNamed).Select(c => VisibleText.Of($"{TextWidth.Shorten(Headline.Server(c.Connection), NameLength)} (connection {c.Connection.Id})"));
        return string.Join(", ", [.. named, .. connections.Count > MostNamed ? (string[])[$"{connections.Count - MostNamed} more"] : []]);
    }

    private static Participant ServerOf(string run, string id, Connection connection)
    {
        List<string> lines = [run, VisibleText.Of(TextWidth.Shorten(Headline.Server(connection), NameLength))];
        if (connection.Server is { Name: not null, Endpoint: { } endpoint }) lines.Add(endpoint.ToString());
        return new Participant(id, lines);
    }

    private static Participant ClientOf(ConnectionComparison pair) =>
        new(Client, ["Client", .. new[] { pair.Good, pair.Bad }.Select(c => c.Connection.Client.Endpoint?.Address.ToString()).OfType<string>().Distinct()]);

    private static DiagramPart Part(ConnectionComparison pair, bool isOneOfMany)
    {
        var heading = isOneOfMany ? Across([VisibleText.Of($"{Headline.Server(pair.Bad.Connection)} · connection {pair.Good.Connection.Id} against connection {pair.Bad.Connection.Id}")]) : null;
        var end = pair.IsSame ? new Band(BandColor.Succeeded, Across(Verdict(pair)), []) : null;
        return new DiagramPart(heading, pair.IsSame ? null : new Band(pair.Bad.IsFailed ? BandColor.Failed : BandColor.Warned, Across(Verdict(pair)), []), [.. Bands(pair)], end);
    }

    /// <summary>The first difference, and what was found in the bad run.</summary>
    private static IReadOnlyList<string> Verdict(ConnectionComparison pair)
    {
        if (pair.First is not { } first) return [$"{Sign.Passed} The same in both runs", .. pair.Remarks];
        var lines = new List<string> { $"{(pair.Bad.IsFailed ? Sign.Failed : Sign.Warned)} First difference: {DifferenceText.Sentence(first)}" };
        if (first.Meaning is { } meaning) lines.Add($"Probably: {meaning}");
        if (pair.Bad.Findings is [{ Severity: not Severity.Info } leading, ..]) lines.AddRange([VisibleText.Of($"Found in the bad run: {leading.Title}"), VisibleText.Of($"Fix: {leading.Fix}")]);
        if (pair.Differences.Count > 1) lines.Add($"{pair.Differences.Count} differences in all");
        return [.. lines, .. pair.Remarks];
    }

    private static IEnumerable<Band> Bands(ConnectionComparison pair)
    {
        var same = new List<string>();
        foreach (var band in Resolution(pair, same)) yield return band;
        var until = pair.Steps.ToList().FindLastIndex(s => s.Bad is not null) + 1;
        for (var i = 0; i < until;)
        {
            var phase = pair.Steps[i].Phase;
            var steps = pair.Steps.Take(until).Skip(i).TakeWhile(s => s.Phase == phase).ToList();
            i += steps.Count;
            if (steps.TrueForAll(s => s.Differences.Count == 0))
            {
                same.Add($"{Sign.Passed} {phase.Title}: {TitlesOf(steps)}");
                continue;
            }

            if (same.Count > 0) yield return new Band(BandColor.Gray, Across([.. same]), []);
            same.Clear();
            foreach (var band in Phase(pair, phase, steps)) yield return band;
        }

        if (same.Count > 0) yield return new Band(BandColor.Gray, Across([.. same]), []);
        yield return Ends(pair, [.. pair.Steps.Skip(until).Select(s => s.Good!)]);
    }

    /// <summary>What DNS answered, and what else no message shows.</summary>
    private static IEnumerable<Band> Resolution(ConnectionComparison pair, List<string> same)
    {
        var differences = pair.Differences.Where(d => d is { InGood: null, InBad: null, Kind: DifferenceKind.Value }).ToList();
        foreach (var difference in differences)
        {
            var isFirst = ReferenceEquals(difference, pair.First);
            yield return new Band(isFirst ? BandColor.Red : BandColor.Blue, Across([isFirst ? $"First difference: {difference.Place}" : difference.Place]),
            [
                new Note(GoodServer, Client, [$"{difference.Field} {DifferenceText.Good(difference)}"]),
                new Note(Client, BadServer, [$"{difference.Field} {DifferenceText.Bad(difference)}"]),
            ]) { IsFailure = isFirst };
        }

        var isResolved = ResolutionComparer.CanCompare(pair.Good.Connection.Queries, pair.Bad.Connection.Queries);
        if (isResolved && !differences.Exists(d => d.Place == Protocols.Contracts.Phase.Dns.Title)) same.Add($"{Sign.Passed} {Protocols.Contracts.Phase.Dns.Title}: the same answers");
    }

    /// <summary>A phase in which something differs; the first difference has a band of its own.</summary>
    private static IEnumerable<Band> Phase(ConnectionComparison pair, Phase phase, List<StepPair> steps)
    {
        var first = pair.First is { } difference ? steps.FindIndex(s => s.Differences.Contains(difference)) : -1;
        var before = first < 0 ? steps : steps[..first];
        yield return new Band(phase.Color, Across([HeaderOf(pair, phase, steps)]), [.. Items(before)]);
        if (first < 0) yield break;
        yield return new Band(BandColor.Red, Across(["First difference"]), [.. Items([steps[first]], FieldsOfFirst)]) { IsFailure = true };
        if (first + 1 < steps.Count) yield return new Band(phase.Color, null, [.. Items(steps[(first + 1)..])]);
    }

    private static string HeaderOf(ConnectionComparison pair, Phase phase, List<StepPair> steps)
    {
        var good = PhaseHeader.Of(phase, [.. steps.Select(s => s.Good).OfType<Step>().DefaultIfEmpty(steps[0].Bad!)], pair.Good.Connection);
        var bad = PhaseHeader.Of(phase, [.. steps.Select(s => s.Bad).OfType<Step>().DefaultIfEmpty(steps[0].Good!)], pair.Bad.Connection);
        return VisibleText.Of(good == bad ? good : $"{good} | {bad}");
    }

    private static IEnumerable<DiagramItem> Items(List<StepPair> steps, int mostFields = FieldsOfOthers)
    {
        for (var i = 0; i < steps.Count;)
        {
            var step = steps[i];
            var alike = steps.Skip(i).TakeWhile(s => IsAlike(s, step)).ToList();
            i += step is { Good: not null, Bad: not null, Differences.Count: > 0 } ? 1 : alike.Count;
            if (step.Differences.Count == 0) yield return Across([$"{Sign.Passed} {TitlesOf(alike)}"]);
            else if (step.Good is null || step.Bad is null) foreach (var item in OneSided(alike, step.Good is not null)) yield return item;
            else foreach (var item in Both(step, mostFields)) yield return item;
        }
    }

    private static bool IsAlike(StepPair one, StepPair other) => one.Good is null == other.Good is null && one.Bad is null == other.Bad is null && one.Differences.Count == 0 == (other.Differences.Count == 0);

    /// <summary>A message of one run, or several as a note.</summary>
    private static IEnumerable<DiagramItem> OneSided(List<StepPair> steps, bool isGood)
    {
        DiagramItem there = steps is [var single]
            ? ArrowOf(single.Good ?? single.Bad!, [], isGood ? single.GoodSide : single.BadSide, isGood ? GoodServer : BadServer)
            : new Note(isGood ? GoodServer : Client, isGood ? Client : BadServer, [TitlesOf(steps)]);
        var absent = new Note(isGood ? Client : GoodServer, isGood ? BadServer : Client, ["not in this run"]);
        return isGood ? [there, absent] : [absent, there];
    }

    private static IEnumerable<DiagramItem> Both(StepPair step, int mostFields)
    {
        var told = step.Differences.Where(d => d.Kind != DifferenceKind.Replaced).ToList();
        List<string> more = told.Count > mostFields ? [Quantities.Count(told.Count - mostFields, "more difference", "more differences")] : [];
        var values = mostFields == FieldsOfOthers ? 1 : ValuesOfFirst;
        yield return ArrowOf(step.Good!, [.. told.Take(mostFields).Select(d => $"{d.Field} {DifferenceText.Good(d, values, LongestValue)}"), .. more], step.GoodSide, GoodServer);
        yield return ArrowOf(step.Bad!, [.. told.Take(mostFields).Select(d => $"{d.Field} {DifferenceText.Bad(d, values, LongestValue)}"), .. more], step.BadSide, BadServer);
    }

    private static Arrow ArrowOf(Step step, IReadOnlyList<string> facts, Side side, string server)
    {
        var isAnswer = side == Side.Server;
        var title = TextWidth.Wrap(VisibleText.Of(step.Title), LineWidth);
        List<string> lines = [.. title, .. facts.SelectMany(f => TextWidth.Wrap(f.TrimStart(), LineWidth))];
        return new Arrow(isAnswer ? server : Client, isAnswer ? Client : server, lines, isAnswer, step.IsDeadEnd || step.IsUndelivered, [step]) { TitleLines = title.Count };
    }

    /// <summary>How the good run went on behind the last message of the bad one, and how both ended.</summary>
    private static Band Ends(ConnectionComparison pair, IReadOnlyList<Step> rest)
    {
        string[] goesOn = rest.Count > 0 ? [$"Goes on: {string.Join(", ", rest.Select(s => VisibleText.Of(s.Title)).Distinct())}"] : [];
        return new Band(BandColor.Gray, null, [new Note(GoodServer, Client, [.. goesOn, End(pair.Good)]), new Note(Client, BadServer, [End(pair.Bad)])]);
    }

    private static string End(DiagnosedConnection diagnosed) => VisibleText.Of(diagnosed.IsFailed
        ? $"{Sign.Failed} {(diagnosed.Findings is [var leading, ..] ? leading.Title : OutcomeText.Sentence(diagnosed.Connection.Outcome))}"
        : diagnosed.Connection.Outcome.IsCompleted ? $"{Sign.Passed} {OutcomeText.Verdict(diagnosed.Connection)}" : OutcomeText.Verdict(diagnosed.Connection));

    private static string TitlesOf(IEnumerable<StepPair> steps) => string.Join(", ", steps.Select(s => VisibleText.Of((s.Good ?? s.Bad!).Title)).Distinct());

    private static Note Across(IReadOnlyList<string> lines) => new(GoodServer, BadServer, lines);

    private const string GoodServer = "G";
    private const string Client = "C";
    private const string BadServer = "B";

    private const int NameLength = 32;
    private const int MostDrawn = 8;
    private const int MostNamed = 6;

    /// <summary>Fields and values of the step that differs first, and fields of those behind it: the table beside the picture has all.</summary>
    private const int FieldsOfFirst = 6;
    private const int ValuesOfFirst = 3;
    private const int FieldsOfOthers = 2;

    /// <summary>Characters of a value: names of cipher suites are longer.</summary>
    private const int LongestValue = 32;

    /// <summary>Pixels of a line: an arrow on either side and the boxes of the servers are as wide as a page.</summary>
    private const double LineWidth = 280;

    /// <summary>Pixels of a line across all three columns.</summary>
    private const double NoteWidth = 520;
}
