using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The resolver never answered.</summary>
internal sealed class DnsNoAnswer : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.DnsTimeout || connection.Queries.LastOrDefault(l => !l.Answer.IsSet) is not { } query) return null;
        var silent = connection.Queries.Where(l => !l.Answer.IsSet).ToList();
        var resolvers = silent.Select(l => l.Resolver.Address).Distinct().Count();
        return new Finding(
            "dns-no-answer", Severity.Error, connection.Outcome.Confidence, "The resolver did not respond",
            $"{(resolvers > 1 ? $"{resolvers} resolvers" : query.Resolver.Address.ToString())} answered none of {Wording.Count(silent.Sum(l => l.Questions.Count), "query", "queries")} for {Wording.Name(query.Name)}",
            "Check the resolver's address and the path to it (UDP and TCP port 53)",
            Aliases, [.. silent.SelectMany(l => l.Questions).Select(q => q.Frame).Order().Take(8)], "RFC 1035 section 4.2.1") { At = connection.Steps.LastOrDefault(s => s.Phase == Phase.Dns) };
    }

    private static readonly string[] Aliases =
        ["EAI_AGAIN", "ETIMEOUT", "Temporary failure in name resolution", "connection timed out; no servers could be reached", "DNS_PROBE_FINISHED_BAD_CONFIG", "ERR_NAME_NOT_RESOLVED", "lookup: i/o timeout", "Resolving timed out after"];
}
