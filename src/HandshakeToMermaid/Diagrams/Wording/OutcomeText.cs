using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>Outcomes in words.</summary>
public static class OutcomeText
{
    /// <summary>For titles and tables: "succeeded", "failed", "seen in part".</summary>
    public static string Short(Outcome outcome) => outcome.Class.Words.Short ?? outcome.Class.Kind switch
    {
        OutcomeKind.Completed => "succeeded",
        OutcomeKind.Failed => "failed",
        _ => "seen in part",
    };

    /// <summary>One clause for people.</summary>
    public static string Sentence(Outcome outcome) => outcome.Class.Words.SentenceBy(outcome.By);

    /// <summary>Header of the band where it failed.</summary>
    public static string FailureHeader(Outcome outcome) => outcome.Class.Words.FailureHeader ?? "Failed here";

    /// <summary>The verdict on a connection that did not fail.</summary>
    public static string Verdict(Connection connection)
    {
        var outcome = connection.Outcome;
        if (outcome.Class == OutcomeClass.NotTls && connection.FactsOf<PreludeFacts>() is { Unasked: not null } clear) return $"No TLS: the client never asked for it, {clear.Protocol} in clear";
        if (outcome.Class == OutcomeClass.Incomplete && connection.Flow is { IsJoinedMidway: true }) return "Not judged: the capture began inside the connection";
        if (!outcome.IsCompleted) return outcome.Class.Words.Verdict ?? $"Not judged: {Sentence(outcome)}";
        var done = $"{(outcome.Confidence == Confidence.Likely ? "OK, likely" : "OK")}: {outcome.Class.Words.Verdict ?? "connected"}";
        return connection.Timing.Total is { } total ? $"{done} in {Quantities.Text(total)}" : done;
    }
}
