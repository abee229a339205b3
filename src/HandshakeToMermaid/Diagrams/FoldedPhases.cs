using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// Phases that went well and that one note stands for instead of their arrows: those before the phase that failed, and those for which a page has no
/// room. Of two handshakes the one with a proxy
/// counts among these. Beside attempts at other addresses, routers and proxies the resolution is folded too, since the resolver's column would stand between them. Everything
/// stands whole where everything is wanted.
/// </summary>
internal static class FoldedPhases
{
    /// <summary>The bands that are folded.</summary>
    /// <param name="stretches">The bands of the connection.</param>
    /// <param name="diagnosed">The connection.</param>
    /// <param name="options">What is to be seen of it.</param>
    /// <param name="isPointedAt">True for a step that a finding is about: it is drawn.</param>
    public static HashSet<BandStretch> Of(IReadOnlyList<BandStretch> stretches, DiagnosedConnection diagnosed, DiagramOptions options, Func<Step, bool> isPointedAt)
    {
        if (options.Detail != Detail.Normal) return [];
        var connection = diagnosed.Connection;
        var isFailureFolded = diagnosed.IsFailed && !options.Explain;
        var isResolutionFolded = isFailureFolded || options.Folding == Folding.Resolution || connection.Beside.Count > 0 || connection.Proxy is not null || connection.Steps.Any(s => s.Router is not null);
        var isTransportFolded = isFailureFolded || options.Folding != Folding.None;
        var isOuterFolded = options.Folding == Folding.Resolution && connection.IsProxyWithinTls && connection.Handshake is { } last && last.Phase == Phase.InnerTls && !diagnosed.Checks.Any(c => c.Passed == false);
        var folded = new HashSet<BandStretch>();
        foreach (var stretch in stretches)
        {
            if (IsWanted(stretch.Phase) && MayFold(stretch, connection, isPointedAt)) folded.Add(stretch);
        }

        return folded.Count < stretches.Count ? folded : [];

        bool IsWanted(Phase phase) => phase.Role switch
        {
            PhaseRole.Resolution => isResolutionFolded,
            PhaseRole.Transport => isTransportFolded,
            _ => isOuterFolded && phase == Phase.Tls,
        };
    }

    /// <summary>"✓ DNS 5.5 ms: A 203.0.113.55 from 192.0.2.53".</summary>
    public static string LineOf(BandStretch stretch, Connection connection)
    {
        var header = VisibleText.Of($"{Sign.Passed} {PhaseHeader.Of(stretch.Phase, stretch.Steps, connection)}");
        if (stretch.Phase.Role != PhaseRole.Resolution) return header;
        var answers = connection.Queries.SelectMany(q => q.Addresses).Distinct().ToList();
        var shown = string.Join(", ", answers.Take(MaxAnswers).Select(a => $"{(a.IsIpv4 ? "A" : "AAAA")}{TextWidth.NoBreak}{a}"));
        var more = answers.Count > MaxAnswers ? $" and {answers.Count - MaxAnswers} more" : "";
        var resolvers = connection.Queries.Select(q => q.Resolver.Address).Distinct().ToList();
        return $"{header} · {shown}{more} from {(resolvers.Count == 1 ? $"{resolvers[0]}" : $"{resolvers.Count} resolvers")}";
    }

    private static bool MayFold(BandStretch stretch, Connection connection, Func<Step, bool> isPointedAt)
    {
        if (stretch is { IsFailure: true } or { Attempt: not null } || connection.Timing.LengthOf(stretch.Phase) is null) return false;
        if (stretch.Phase.Role == PhaseRole.Resolution && !IsPlain(connection.Queries)) return false;
        return !stretch.Steps.Exists(s => s.IsRecovery || s.IsUndelivered || s.IsRepeated || s.Router is not null || isPointedAt(s));
    }

    /// <summary>True where one resolver answered at once, with addresses: what was repeated, refused or looked for under other names is worth its arrows.</summary>
    private static bool IsPlain(IReadOnlyList<DnsQuery> queries) =>
        queries.Any(q => q.Addresses.Count > 0) && queries.All(q => q is { IsFailure: false, Retries: 0, Truncated.IsSet: false, Transport: "udp" });

    private const int MaxAnswers = 2;
}
