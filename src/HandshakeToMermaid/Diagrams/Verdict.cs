using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>What is said of a connection as a whole: first what broke or should not be so, last how it turned out. A line each, not wrapped.</summary>
/// <param name="diagnosed">The connection.</param>
/// <param name="detail">The level of detail: a slide is spared evidence and what was found besides.</param>
/// <param name="areChecksDrawn">True where the checks of the certificate stand beside it.</param>
internal sealed class Verdict(DiagnosedConnection diagnosed, Detail detail, bool areChecksDrawn)
{
    private readonly Connection connection = diagnosed.Connection;

    /// <summary>The color of the opening.</summary>
    public BandColor OpeningColor => diagnosed.IsFailed ? BandColor.Failed : BandColor.Warned;

    /// <summary>What broke or should not be so, why, and what to do; empty where nothing is.</summary>
    public IReadOnlyList<string> Opening => [.. (diagnosed.IsFailed ? Failure() : Warnings()).Select(VisibleText.Of)];

    /// <summary>The color of the closing.</summary>
    public BandColor ClosingColor => connection.Outcome.IsCompleted ? BandColor.Succeeded : BandColor.Gray;

    /// <summary>How it turned out and what its time went into; empty for a failure, which the opening has told.</summary>
    public IReadOnlyList<string> Closing => diagnosed.IsFailed ? [] : [.. Success().Select(VisibleText.Of).Select((line, i) => i == 0 ? line + Sum() : line)];

    private IEnumerable<string> Failure()
    {
        if (diagnosed.Findings is not [var leading, ..])
        {
            yield return $"{Sign.Failed} {Capital(OutcomeText.Sentence(connection.Outcome))}";
            yield break;
        }

        foreach (var line in Explained(leading, Sign.Failed)) yield return line;
        if (detail == Detail.Brief) yield break;
        if (connection.Visit is { } visit) yield return visit.Sentence;
        if (detail == Detail.Full && leading.Frames.Count > 0) yield return $"Seen in {(leading.Frames.Count == 1 ? "frame" : "frames")} {string.Join(", ", leading.Frames.Take(MaxFrames))}";
        var follows = diagnosed.Findings.Skip(1).Where(f => f.FollowsFrom is not null).Select(f => f.Title).ToList();
        if (follows.Count > 0) yield return $"{(follows.Count == 1 ? "Consequence" : "Consequences")}: {string.Join(", ", follows.Take(MaxFindings))}";
        var besides = diagnosed.Findings.Skip(1).Where(f => f.FollowsFrom is null && f.Severity != Severity.Info).Select(f => f.Title).ToList();
        if (besides.Count > 0) yield return $"Also found: {string.Join(", ", besides.Take(MaxFindings))}";
    }

    private IEnumerable<string> Warnings()
    {
        var warnings = diagnosed.Findings.Where(f => f is { FollowsFrom: null, Severity: not Severity.Info }).ToList();
        if (warnings.Count == 0) yield break;
        foreach (var line in Explained(warnings[0], Sign.Warned)) yield return line;
        if (detail == Detail.Brief) yield break;
        foreach (var more in warnings.Skip(1).Take(MaxFindings - 1)) yield return $"{Sign.Warned} {more.Title}";
        if (warnings.Count > MaxFindings) yield return $"{Sign.Warned} {warnings.Count - MaxFindings} more warnings";
    }

    private IEnumerable<string> Success()
    {
        var outcome = connection.Outcome.IsFailure ? "Opened and closed without data" : OutcomeText.Verdict(connection);
        yield return connection.Outcome.IsCompleted ? $"{Sign.Passed} {outcome}" : outcome;
        if (detail == Detail.Brief) yield break;
        if (Inside() is { } inside) yield return inside;
        if (connection.Visit is { } visit) yield return visit.Sentence;
        List<string> checks = areChecksDrawn ? [] : [.. diagnosed.Checks.Where(c => c.By == Side.Client).Select(c => c.Text)];
        if (checks.Count > 0) yield return $"Certificate: {string.Join(", ", checks)}";
        foreach (var note in diagnosed.Findings.Where(f => f is { FollowsFrom: null, Severity: Severity.Info } && !IsSecondGuess(f)).Take(MaxFindings)) yield return $"Note: {note.Title}: {note.Cause}";
        foreach (var unparsed in connection.Unparsed.Take(MaxUnparsed)) yield return $"Not read: {unparsed.Detail}";
        if (connection.Unparsed.Count > MaxUnparsed) yield return $"Not read: {connection.Unparsed.Count - MaxUnparsed} more";
    }

    /// <summary>True for a remark that is only likely, where the connection is one of two of a visit: why there are two explains more, and health checks would mislead.</summary>
    private bool IsSecondGuess(Finding note) => connection.Visit is not null && note.Confidence != Confidence.Certain;

    /// <summary>What came of the handshake inside a tunnel that was opened inside TLS; null where there is none.</summary>
    private string? Inside()
    {
        if (connection.Facts.Select(f => f.Span).FirstOrDefault(s => s?.Phase == Phase.InnerTls) is not { } span) return null;
        var server = Headline.Server(connection);
        return span switch
        {
            { Start.IsSet: true, Done.IsSet: true } => $"{Sign.Passed} Inside the tunnel: {span.Title} with {server} in {Quantities.Text(span.Done.Time.Since(span.Start.Time))}",
            { Done.IsSet: true } => $"{Sign.Passed} Inside the tunnel: {span.Title} with {server}",
            _ => $"Inside the tunnel: {span.Title} with {server}, not seen to be completed",
        };
    }

    private IEnumerable<string> Explained(Finding finding, string sign)
    {
        yield return $"{sign} {finding.Title}";
        if (detail == Detail.Brief) yield break;
        yield return FindingText.IsOnlyLikely(finding) ? $"Probably: {finding.Cause}" : Capital(finding.Cause);
        yield return $"Fix: {finding.Fix}";
    }

    /// <summary>": DNS 4.8 ms + TCP 24.7 ms + TLS 27.1 ms + client 2.5 ms": phases and waits, which make the total. Empty where there is one part only.</summary>
    private string Sum()
    {
        if (!connection.Outcome.IsCompleted || connection.Timing.Total is null || detail == Detail.Brief) return "";
        var parts = new List<string>(6);
        foreach (var phase in connection.Timing.Phases) parts.Add(PartOf(phase.Phase.Title, phase.Time.Length));
        foreach (var by in Waiting)
        {
            var waited = 0L;
            foreach (var wait in connection.Waits)
            {
                if (wait.By == by) waited += wait.Length.Nanoseconds;
            }

            if (waited >= Shown) parts.Add(PartOf(NameOf(by, connection), new Duration(waited)));
        }

        return parts.Count < 2 ? "" : $": {string.Join(" + ", parts)}";
    }

    private static string PartOf(string name, Duration length) => $"{name}{TextWidth.NoBreak}{Quantities.Text(length)}";

    /// <summary>Who was waited for. Outside TLS it is the proxy that answers, unless the server behind it went over to TLS in the clear.</summary>
    private static string NameOf(WaitFor by, Connection connection) => by switch
    {
        WaitFor.Client => "client",
        WaitFor.Server => connection.Proxy is not null && connection.Facts.Count(f => f.Span?.Phase.Role == PhaseRole.Upgrade) == 1 ? "proxy" : "server",
        _ => "resolver",
    };

    /// <summary>A clause as a sentence; one that begins with a name or an address stays as it is.</summary>
    private static string Capital(string clause)
    {
        var end = clause.IndexOf(' ', StringComparison.Ordinal);
        var word = end < 0 ? clause : clause[..end];
        return word.Length > 0 && word.All(char.IsAsciiLetterLower) ? char.ToUpperInvariant(clause[0]) + clause[1..] : clause;
    }

    /// <summary>Whom a connection may have waited for, in the order of the sum.</summary>
    private static readonly WaitFor[] Waiting = [WaitFor.Client, WaitFor.Server, WaitFor.Resolver];

    /// <summary>Less is not worth a part of the sum: a twentieth of a millisecond.</summary>
    private const long Shown = 50_000;

    private const int MaxUnparsed = 3;
    private const int MaxFindings = 2;
    private const int MaxFrames = 6;
}
