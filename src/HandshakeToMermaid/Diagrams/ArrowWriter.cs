using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Writes steps as arrows: name and time first, the facts below; what carries no facts of its own shares its neighbour's arrow.</summary>
internal sealed class ArrowWriter(DiagramOptions options, Columns columns, Connection connection)
{
    private FrameMark before;

    /// <summary>Steps that are not drawn here: the time of the next one counts from the last of them.</summary>
    public void Skip(IReadOnlyList<Step> steps) => before = steps[^1].Last;

    /// <summary>The arrows of the next band, with long silences between them.</summary>
    public IReadOnlyList<DiagramItem> Write(BandStretch stretch)
    {
        if (stretch.Arrows is not { } known || known.JoinsCloses != options.JoinsCloses) stretch.Arrows = known = (options.JoinsCloses, Group(stretch.Steps));
        var attempt = stretch.Attempt;
        var items = new List<DiagramItem>(known.Groups.Count + 1);
        var behindLane = before;
        foreach (var group in known.Groups)
        {
            var together = group.Steps;
            var side = attempt?.SideOf(together[0]) ?? connection.SideOf(together[0]);
            var ends = columns.Ends(together[0], side, connection, attempt);
            var silence = SilenceBefore(together);
            if (silence is { } waited)
            {
                var (left, right) = attempt is null ? together[0].Helper is null ? columns.Peers(connection, together[0].Phase) : columns.Helpers(connection) : columns.Peers(connection, attempt);
                items.Add(new Note(left, right, [$"{Quantities.Text(waited)} without a message"]) { Kind = NoteKind.Wait });
            }

            var named = together[0].Helper is null ? null : columns.Named(together[0], SideOf(together[0]));
            items.Add(group.Drawn(before, ends, columns.LineWidth, named)
                ?? group.Keep(ArrowOf(together, ends, side, attempt, silence is not null && options.Time == TimeStyle.Delta, named), before, columns.LineWidth, named));
            before = together[^1].Last;
        }

        // Times of the connection do not count from the other lane, which goes on beside it.
        if (attempt?.Lane is not null) before = behindLane;
        return items;
    }

    private Arrow ArrowOf(List<Step> together, (string From, string To) ends, Side side, Attempt? attempt, bool isWaitSaid, string? named)
    {
        var (label, titles) = Label(together, isWaitSaid, named);
        if (options.Explain) label.AddRange(Explanations(together));
        var isDeadEnd = attempt is { Lane.IsAnswered: false } || together.Exists(s => (s.IsDeadEnd && s.Router is null) || s.IsUndelivered);
        return new Arrow(ends.From, ends.To, label, side == Side.Server, isDeadEnd, together) { TitleLines = titles };
    }

    private Side SideOf(Step step) => connection.Beside.FirstOrDefault(a => a.Steps.Contains(step))?.SideOf(step) ?? connection.SideOf(step);

    /// <summary>The time since the last arrow, where the network's round trips do not account for it; null where they do, where something was sent or may have been, and on a slide.</summary>
    private Duration? SilenceBefore(List<Step> steps)
    {
        if (!before.IsSet || options.Detail == Detail.Brief || options.Time == TimeStyle.None) return null;
        var (start, end) = (before.Time, steps[0].First.Time);
        var waited = end - start;
        if (waited <= ShortestSilence || waited.Nanoseconds <= RoundTrips * (connection.Timing.RoundTrip ?? default).Nanoseconds) return null;
        return IsSilent(start, end) ? waited : null;
    }

    /// <summary>Of data only the first record is a step: behind it nothing shows that nothing was sent. Steps that are not drawn are messages too.</summary>
    private bool IsSilent(Timestamp start, Timestamp end) =>
        !connection.Steps.Any(s => (s.Phase.Role == PhaseRole.Data && s.First.Time <= start) || (s.Last.Time > start && s.First.Time < end));

    private List<ArrowGroup> Group(List<Step> steps)
    {
        var groups = new List<ArrowGroup>();
        foreach (var step in steps)
        {
            if (groups.Count > 0 && MayShare(groups[^1].Steps, step)) groups[^1].Steps.Add(step);
            else groups.Add(new ArrowGroup(step));
        }

        return groups;
    }

    private bool MayShare(List<Step> group, Step step)
    {
        var last = group[^1];
        if (options.Detail == Detail.Full || last.From != step.From || last.Helper != step.Helper || last.Router != step.Router) return false;
        if (step.IsRecovery || last.IsRecovery) return step.IsRecovery && last.IsRecovery && step.Title == last.Title;
        if (last.Helper is not null && last.From == Direction.Reverse && !last.IsDeadEnd && !step.IsDeadEnd) return step.First.Time - last.Last.Time < OneFlight;
        if (options.JoinsCloses && step.IsEndOfStream && step.Phase.Role == PhaseRole.Close && step.First.Time - last.Last.Time < OneFlight) return last.Phase.Role == PhaseRole.Handshake ? last.IsDeadEnd : last.IsEndOfStream;
        var oneOfThem = step.IsMinor || group.TrueForAll(s => s.IsMinor);
        return oneOfThem && !last.IsDeadEnd && !step.IsDeadEnd && step.First.Time - last.Last.Time < OneFlight;
    }

    /// <summary>The lines of an arrow, and how many of them name its messages.</summary>
    /// <param name="steps">What shares the arrow.</param>
    /// <param name="isWaitSaid">True where a note above it says how long nothing came: the arrow does not say it once more.</param>
    /// <param name="named">Which of several resolvers the message went to or came from; null where that needs no word.</param>
    private (List<string> Lines, int Titles) Label(List<Step> steps, bool isWaitSaid, string? named)
    {
        var title = Title(steps);
        var lines = TextWidth.Wrap(title, columns.LineWidth);
        if (steps[0].IsRepeated && options.Time != TimeStyle.None) lines = TextWidth.Wrap($"{title} in {Quantities.Text(steps[^1].Last.Time.Since(steps[0].First.Time))}", columns.LineWidth);
        var titles = lines.Count;
        if (!steps[0].IsRepeated && !isWaitSaid && Time(steps) is { } time && !AddPart(lines, time)) lines.Add(time);
        var facts = Facts(steps);
        if (named is not null) facts.Insert(0, named);
        if (facts.Count == 0 || AddPart(lines, string.Join(", ", facts))) return (lines, titles);
        // A time that had no room behind the title has it before the facts.
        var isTimed = lines.Count > titles;
        var below = LinesOf(facts, isTimed ? lines[^1] : null);
        if (isTimed) lines.RemoveAt(lines.Count - 1);
        var wanted = options.Detail == Detail.Full ? below.Count : Math.Min(below.Count, isTimed ? FactLines + 1 : FactLines);
        for (var i = 0; i < wanted; i++) lines.Add(below[i]);
        return (lines, titles);
    }

    /// <summary>What the messages of an arrow are for, in brackets: facts and explanations cannot be mixed up.</summary>
    private IEnumerable<string> Explanations(List<Step> steps) =>
        steps.Select(s => s.Explanation).OfType<string>().Distinct().SelectMany(e => TextWidth.Wrap($"({e})", columns.LineWidth));

    /// <summary>A time, where there is one, and facts in lines, broken between facts; only one that is wider than a line is broken inside.</summary>
    private List<string> LinesOf(List<string> facts, string? time)
    {
        List<string> lines = time is null ? [] : [time];
        foreach (var fact in facts)
        {
            var between = lines.Count == 0 ? "" : ReferenceEquals(lines[^1], time) ? " · " : ", ";
            if (lines.Count > 0 && TextWidth.Pixels(lines[^1]) + TextWidth.Pixels(between) + TextWidth.Pixels(fact) <= columns.LineWidth) lines[^1] = $"{lines[^1]}{between}{fact}";
            else lines.AddRange(TextWidth.Wrap(fact, columns.LineWidth));
        }
        return lines;
    }

    /// <summary>Puts a part behind the last line, where it fits.</summary>
    private bool AddPart(List<string> lines, string part)
    {
        var longer = $"{lines[^1]} · {part}";
        var fits = TextWidth.Pixels(longer) <= columns.LineWidth;
        if (fits) lines[^1] = longer;
        return fits;
    }

    private static string Title(List<Step> steps)
    {
        if (steps.Count == 1) return steps[0].Title;
        if (steps.Count > 1 && steps[0].IsRecovery) return $"{steps[0].Title} x {steps.Count}";
        var titles = new List<string>(steps.Count);
        for (var i = 0; i < steps.Count;)
        {
            var same = 1;
            while (i + same < steps.Count && steps[i + same].Title == steps[i].Title) same++;
            titles.Add(same == 1 ? steps[i].Title : $"{steps[i].Title} x {same}");
            i += same;
        }
        return string.Join(", ", titles);
    }

    private string? Time(List<Step> steps)
    {
        var mark = steps[^1].Last;
        switch (options.Time)
        {
            case TimeStyle.None:
                return null;
            case TimeStyle.Absolute:
                return ClockText.Clock(mark.Time);
            case TimeStyle.Relative:
                return Quantities.Text(mark.Time.Since(connection.First.Time));
            default:
                if (!before.IsSet || mark.Frame == before.Frame) return null;
                var waited = mark.Time - before.Time;
                return waited.Nanoseconds < 0 ? null : $"+{Quantities.Text(waited)}";
        }
    }

    private List<string> Facts(List<Step> steps)
    {
        var facts = new List<string>();
        foreach (var step in Summed(steps))
        {
            foreach (var fact in step.Facts(options.Detail))
            {
                var text = VisibleText.Of(fact.Text);
                var line = fact.Name.Length == 0 ? text : $"{fact.Name} {text}";
                if (!facts.Contains(line)) facts.Add(line);
            }
        }
        return facts;
    }

    /// <summary>The steps of an arrow, those whose amounts add up as one.</summary>
    private static List<Step> Summed(List<Step> steps)
    {
        var summed = new List<Step>(steps.Count) { steps[0] };
        for (var i = 1; i < steps.Count; i++)
        {
            if (summed[^1].SumWith(steps[i]) is { } sum) summed[^1] = sum;
            else summed.Add(steps[i]);
        }
        return summed;
    }

    /// <summary>Messages of one flight follow each other within this time; a later one is another event.</summary>
    private static readonly Duration OneFlight = Duration.FromMilliseconds(50);

    /// <summary>Shorter pauses are in the time of the next arrow.</summary>
    private static readonly Duration ShortestSilence = Duration.FromMilliseconds(150);

    /// <summary>Round trips that a busy server and a lost packet explain.</summary>
    private const int RoundTrips = 4;

    /// <summary>Lines of facts below a title unless everything is wanted.</summary>
    private const int FactLines = 2;
}
