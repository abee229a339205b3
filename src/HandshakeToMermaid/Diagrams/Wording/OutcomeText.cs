using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>Outcomes in words.</summary>
internal static class OutcomeText
{
    /// <summary>For titles and tables: "established", "failed", "incomplete".</summary>
    public static string Short(Outcome outcome) => outcome.Class.Words.Short ?? outcome.Class.Kind switch
    {
        OutcomeKind.Completed => "established",
        OutcomeKind.Failed => "failed",
        _ => "incomplete",
    };

    /// <summary>One displayed clause.</summary>
    public static string Sentence(Outcome outcome) => outcome.Class.Words.SentenceBy(outcome.By);

    /// <summary>Header of the band where it failed.</summary>
    public static string FailureHeader(Outcome outcome) => outcome.Class.Words.FailureHeader ?? "Failed here";

    /// <summary>The verdict on a connection that did not fail.</summary>
    public static string Verdict(Connection connection)
    {
        var outcome = connection.Outcome;
        if (connection.Facts.Select(f => f.VerdictOn(outcome)).FirstOrDefault(v => v is not null) is { } own) return own;
        if (outcome.Class == OutcomeClass.Incomplete && connection.Outline is { IsJoinedMidway: true }) return "Incomplete: the capture began mid-connection";
        if (!outcome.IsCompleted) return outcome.Class.Words.Verdict ?? $"Incomplete: {Sentence(outcome)}";
        var done = outcome.Confidence == Confidence.Likely ? $"{Established} (likely)" : Established;
        if (connection.IsProxyWithinTls) done = $"{done} with the proxy";
        if (outcome.Class.Words.Verdict is { } what) done = $"{done}: {what}";
        return connection.Timing.Total is { } total ? $"{done} in {Quantities.Text(total)}" : done;
    }

    /// <summary>How the verdict on a completed connection begins: renderers color the verdict by it.</summary>
    internal const string Established = "Established";
}
