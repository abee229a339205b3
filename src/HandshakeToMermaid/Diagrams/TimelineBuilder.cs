using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// Turns connections into a waterfall of their phases. With <see cref="TimeStyle.Absolute"/> all share the capture's clock; otherwise each
/// begins at zero, so that they can be compared whatever time lies between them.
/// </summary>
internal sealed class TimelineBuilder(DiagramOptions options)
{
    /// <summary>Draws connections; there is at least one.</summary>
    /// <param name="connections">All of them; the title counts them.</param>
    /// <param name="drawn">How many get a row: the first ones.</param>
    public Timeline Build(IReadOnlyList<DiagnosedConnection> connections, int drawn)
    {
        var isClock = options.Time == TimeStyle.Absolute;
        var bars = connections.Take(drawn).Select(c => (c.Connection.Id, Bars: BarsOf(c))).ToList();
        var zero = bars.Min(b => b.Bars[0].Start);
        var rows = bars.ConvertAll(b => new TimelineRow(b.Id, From(b.Bars, isClock ? zero : b.Bars[0].Start)));
        var span = rows.SelectMany(r => r.Bars).Max(b => b.End);
        var end = isClock ? span : Readable(rows);
        if (end < span) rows = rows.ConvertAll(r => r with { Bars = [.. r.Bars.Select(b => CutAt(end, b))] });
        return new Timeline(Title(connections, drawn, isClock ? ClockText.Dates(zero, zero + span) : From(end < span)), rows, TimelineScale.Of(end)) { Zero = isClock ? zero : null };
    }

    private string Title(IReadOnlyList<DiagnosedConnection> connections, int drawn, string from)
    {
        var title = options.Title ?? (connections.Count == 1 ? Headline.Title(connections[0]) : Headline.Title(connections));
        if (connections.Count > drawn) title += $", {connections.Count - drawn} not drawn";
        return connections.Count == 1 && options.Time != TimeStyle.Absolute ? title : $"{title} · {from}";
    }

    private static string From(bool isCut) => isCut ? $"each from its own start, {Longer} goes on" : "each from its own start";

    private static List<TimelineBar> From(List<Stretch> stretches, Timestamp zero)
        => stretches.ConvertAll(s => new TimelineBar(s.Labels, s.Start.Since(zero), s.End.Since(s.Start), s.Color) { IsFailure = s.IsFailure });

    /// <summary>Where the axis ends: a single time-out of minutes would leave handshakes of milliseconds nothing to be seen in.</summary>
    private static Duration Readable(List<TimelineRow> rows)
    {
        var ends = rows.ConvertAll(r => r.Bars.Max(b => b.End));
        ends.Sort();
        var usual = ends[(ends.Count - 1) / 2];
        if (ends[^1].Nanoseconds <= usual.Nanoseconds * Outlier) return ends[^1];
        var longest = ends.FindLast(e => e.Nanoseconds <= usual.Nanoseconds * Outlier);
        return new Duration(longest.Nanoseconds / 8 * 9);
    }

    private static TimelineBar CutAt(Duration end, TimelineBar bar)
    {
        if (bar.End <= end) return bar;
        var start = bar.Start < end ? bar.Start : end;
        return bar with { Labels = [.. bar.Labels.Select(l => $"{l} {Longer}")], Start = start, Length = end - start };
    }

    private List<Stretch> BarsOf(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        List<Stretch> bars = [.. connection.Beside.Select(a => OfAttempt(a, connection)), .. Phases(diagnosed)];
        bars.Sort((a, b) => a.Start.CompareTo(b.Start));
        var server = TextWidth.Shorten(VisibleText.Of(Headline.Server(connection)), NameLength);
        bars[0] = bars[0] with { Labels = [.. bars[0].Labels.Select(l => $"{l} · {server}"), .. bars[0].Labels] };
        return bars;
    }

    private IEnumerable<Stretch> Phases(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        // What ended the connection belongs to the handshake that it broke off.
        var handshake = connection.SessionHandshake?.Phase ?? Phase.Tls;
        var phases = connection.Steps.Where(s => !IsBehindHandshake(s) || s.IsDeadEnd).GroupBy(s => IsBehindHandshake(s) ? handshake : s.Phase).OrderBy(g => g.Key.Order).ToList();
        if (phases.Count == 0)
        {
            // Joined midway: nothing but data was seen.
            yield return Stretched("Data", connection.First.Time, connection.Last.Time, Phase.Data.Color, diagnosed, isLast: true);
            yield break;
        }

        foreach (var phase in phases)
        {
            var isLast = ReferenceEquals(phase, phases[^1]);
            var span = connection.Facts.Select(f => f.Span).FirstOrDefault(s => s?.Phase == phase.Key);
            var first = phase.Min(s => s.First.Time);
            var last = span is { Done.IsSet: true } ? span.Done.Time : phase.Max(s => s.Last.Time);
            // An answer that never came was waited for until the connection was given up.
            if (isLast && diagnosed.IsFailed && connection.Timing.End is { } end && end > last) last = end;
            var name = span is null ? phase.Key.Title : string.Join(' ', span.Marks.Prepend(span.Title));
            yield return Stretched(name, first, last, phase.Key.Color, diagnosed, isLast);
        }
    }

    private Stretch Stretched(string name, Timestamp first, Timestamp last, BandColor color, DiagnosedConnection diagnosed, bool isLast)
    {
        var isFailure = isLast && diagnosed.IsFailed;
        var text = Timed(isFailure ? $"✗ {name}" : name, last.Since(first));
        var said = isLast && diagnosed.Findings is [{ Severity: not Severity.Info } leading, ..] ? leading.Title : null;
        return new Stretch(said is null ? [text] : [$"{text} · {VisibleText.Of(said)}", text], first, last, isFailure ? BandColor.Red : color) { IsFailure = isFailure };
    }

    /// <summary>An address that did not answer was waited for until another one was tried.</summary>
    private Stretch OfAttempt(Attempt attempt, Connection connection)
    {
        var start = attempt.Start.Time;
        var last = attempt.Steps.Count == 0 ? start : attempt.Steps.Max(s => s.Last.Time);
        if (attempt is { WasReset: false, Lane: null } && connection.Timing.TcpTime is { } tcp && tcp.Start > last) last = tcp.Start;
        var (what, how) = (AttemptText.What(attempt), AttemptText.How(attempt));
        return new Stretch([Timed($"{what} to {attempt.Server}, {how}", last.Since(start)), Timed($"{what}, {how}", last.Since(start))], start, last, AttemptText.Color(attempt));
    }

    private string Timed(string name, Duration took) => options.Time == TimeStyle.None ? name : $"{name} {Quantities.Text(took)}";

    private static bool IsBehindHandshake(Step step) => step.Phase.Role is PhaseRole.Data or PhaseRole.Close;

    private const int NameLength = 36;

    /// <summary>Stands behind a bar that goes on beyond the axis.</summary>
    private const string Longer = "→";

    /// <summary>A connection that took so many times as long as the median one does not set the axis.</summary>
    private const int Outlier = 10;

    private sealed record Stretch(IReadOnlyList<string> Labels, Timestamp Start, Timestamp End, BandColor Color)
    {
        public bool IsFailure { get; init; }
    }
}
