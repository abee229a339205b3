using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Comparison;

/// <summary>Compares two runs of a handshake. Both count as true as far as they were captured: what a capture does not show is not compared.</summary>
internal static class ConnectionComparer
{
    /// <summary>Compares them.</summary>
    public static ConnectionComparison Compare(DiagnosedConnection good, DiagnosedConnection bad)
    {
        var steps = new ComparableSteps(good, bad);
        var aligned = StepAlignment.Of(steps.Good, steps.Bad);
        var remarks = new List<string>(steps.Remarks);
        CutBehindEnd(aligned, good, bad, remarks);
        var pairs = aligned.ConvertAll(p => new StepPair(p.Good?.Step, p.Bad?.Step, [.. DifferencesOf(p.Good?.Step, p.Bad?.Step).Select(d => d with { From = (p.Good ?? p.Bad)!.Value.Side })])
        {
            GoodSide = p.Good?.Side ?? default,
            BadSide = p.Bad?.Side ?? default,
        });
        return new ConnectionComparison(good, bad, pairs, [.. OfConnection(good.Connection, bad.Connection), .. ResolutionComparer.Compare(good.Connection.Queries, bad.Connection.Queries), .. pairs.SelectMany(p => p.Differences), .. OfTimes(good.Connection, bad.Connection), .. OfEnds(good, bad)], remarks);
    }

    private static IEnumerable<Difference> DifferencesOf(Step? good, Step? bad)
    {
        if (good is not null && bad is not null) return FieldComparer.Compare(good, bad);
        return good is not null
            ? [new Difference(DifferenceKind.OnlyGood, good.Title, "", [good.Title], []) { InGood = good }]
            : [new Difference(DifferenceKind.OnlyBad, bad!.Title, "", [], [bad.Title]) { InBad = bad, Meaning = bad.IsRecovery ? "packets were lost on the path of the bad run" : null }];
    }

    /// <summary>Where a capture ends in the middle, or shows one side only, a step that is missing there says nothing.</summary>
    private static void CutBehindEnd(List<(ComparedStep? Good, ComparedStep? Bad)> aligned, DiagnosedConnection good, DiagnosedConnection bad, List<string> remarks)
    {
        if (!IsWhole(good))
        {
            aligned.RemoveAll(p => p.Good is null);
            remarks.Add("The good capture does not show its connection whole: steps that it lacks are not counted.");
        }

        if (IsWhole(bad)) return;
        aligned.RemoveAll(p => p.Bad is null);
        remarks.Add("The bad capture does not show its connection whole: steps that it lacks are not counted.");
    }

    private static bool IsWhole(DiagnosedConnection diagnosed) => diagnosed.Connection.Outcome.Class.Kind != OutcomeKind.NotJudged;

    private static IEnumerable<Difference> OfConnection(Connection good, Connection bad)
    {
        if (good.Flow is not null && bad.Flow is not null && good.Transport != bad.Transport) yield return new Difference(DifferenceKind.Value, Whole, "transport", [good.Transport], [bad.Transport]) { Meaning = "one network lets UDP through and the other does not, or the client prefers another" };
        var (tried, triedInBad) = (AttemptsOf(good), AttemptsOf(bad));
        if (!tried.SequenceEqual(triedInBad)) yield return new Difference(DifferenceKind.Value, Whole, "failed attempts", tried, triedInBad) { Meaning = "an address of the server cannot be reached from one of the networks" };
    }

    private static IReadOnlyList<string> AttemptsOf(Connection connection) => [.. connection.Attempts.Select(a => $"{a.Server.Address} {(a.WasReset ? "refused" : "no response")}").Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<Difference> OfTimes(Connection good, Connection bad)
    {
        foreach (var (phase, time) in good.Timing.Phases)
        {
            if (bad.Timing.LengthOf(phase) is not { } other) continue;
            var (less, more) = time.Length < other ? (time.Length, other) : (other, time.Length);
            if (more - less < WorthNaming || more.Nanoseconds < less.Nanoseconds * MuchLonger) continue;
            yield return new Difference(DifferenceKind.Time, phase.Title, "time", [TextOf(time.Length)], [TextOf(other)]) { Meaning = "another distance, a busy server, or losses on the path" };
        }
    }

    private static IEnumerable<Difference> OfEnds(DiagnosedConnection good, DiagnosedConnection bad)
    {
        if (!IsWhole(good) || !IsWhole(bad)) yield break;
        var (end, other) = (EndOf(good), EndOf(bad));
        if (!end.SequenceEqual(other)) yield return new Difference(DifferenceKind.Outcome, Whole, "outcome", end, other);
    }

    /// <summary>The outcome, and the codes of what was found.</summary>
    private static IReadOnlyList<string> EndOf(DiagnosedConnection diagnosed) =>
        [diagnosed.Connection.Outcome.Class.Name, .. diagnosed.Findings.Where(f => f is { Severity: Severity.Error, FollowsFrom: null }).Select(f => f.Code)];

    private static string TextOf(Duration duration) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{duration.Milliseconds:0.#} ms");

    private const string Whole = "connection";

    /// <summary>Smaller differences are those of every two runs.</summary>
    private static readonly Duration WorthNaming = Duration.FromMilliseconds(50);

    /// <summary>Times as long.</summary>
    private const int MuchLonger = 3;
}
