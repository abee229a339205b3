using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// Phases that went well before the one that failed: a line each in one note instead of their arrows. Beside attempts at other addresses the
/// resolution is folded too, since the resolver's column would stand between them. Everything stands whole where everything is wanted.
/// </summary>
internal static class FoldedPhases
{
    /// <summary>How many bands at the start are folded.</summary>
    /// <param name="stretches">The bands of the connection.</param>
    /// <param name="diagnosed">The connection.</param>
    /// <param name="options">What is to be seen of it.</param>
    /// <param name="isPointedAt">True for a step that a finding is about: it is drawn.</param>
    public static int CountOf(IReadOnlyList<BandStretch> stretches, DiagnosedConnection diagnosed, DiagramOptions options, Func<Step, bool> isPointedAt)
    {
        var connection = diagnosed.Connection;
        if (options.Detail != Detail.Normal || (!diagnosed.IsFailed && connection.Attempts.Count == 0)) return 0;
        var count = 0;
        while (count < stretches.Count && MayFold(stretches[count], diagnosed, isPointedAt)) count++;
        return count < stretches.Count ? count : 0;
    }

    /// <summary>"✓ DNS 5.5 ms: A 203.0.113.55 from 192.0.2.53".</summary>
    public static string LineOf(BandStretch stretch, Connection connection)
    {
        var header = VisibleText.Of($"{Sign.Passed} {PhaseHeader.Of(stretch.Phase, stretch.Steps, connection)}");
        if (stretch.Phase.Role != PhaseRole.Resolution) return header;
        var answers = connection.Queries.SelectMany(q => q.Addresses).Distinct().ToList();
        var shown = string.Join(", ", answers.Take(MaxAnswers).Select(a => $"{(a.IsIpv4 ? "A" : "AAAA")} {a}".Replace(' ', TextWidth.NoBreak)));
        var more = answers.Count > MaxAnswers ? $" and {answers.Count - MaxAnswers} more" : "";
        var resolvers = connection.Queries.Select(q => q.Resolver.Address).Distinct().ToList();
        return $"{header} · {shown}{more} from {(resolvers.Count == 1 ? $"{resolvers[0]}" : $"{resolvers.Count} resolvers")}";
    }

    private static bool MayFold(BandStretch stretch, DiagnosedConnection diagnosed, Func<Step, bool> isPointedAt)
    {
        if (stretch is { IsFailure: true } or { Attempt: not null } || diagnosed.Connection.Timing.LengthOf(stretch.Phase) is null) return false;
        if (stretch.Phase.Role != PhaseRole.Resolution && (stretch.Phase.Role != PhaseRole.Transport || !diagnosed.IsFailed)) return false;
        if (stretch.Phase.Role == PhaseRole.Resolution && diagnosed.Connection.Queries.All(q => q.Addresses.Count == 0)) return false;
        return !stretch.Steps.Exists(s => s.IsRecovery || s.IsUndelivered || s.IsRepeated || s.Router is not null || isPointedAt(s));
    }

    private const int MaxAnswers = 2;
}
