using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The resolver answered that it could not answer.</summary>
internal sealed class DnsServerFailure : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.DnsError) return null;
        var query = connection.Queries.FirstOrDefault(l => l.Answer.Frame == connection.Outcome.Frame);
        if (query?.Rcode is not { } rcode || rcode is "NXDOMAIN" or "NOERROR") return null;
        var why = query.ExtendedErrors is [var error, ..] ? Wording.Name(error) : rcode == "REFUSED" ? "it does not serve this client or name" : "its upstream servers failed";
        return new Finding(
            "dns-server-failure", Severity.Error, Confidence.Certain, $"The resolver returned {rcode}",
            $"{query.Resolver.Address} could not resolve {Wording.Name(query.Name)}: {why}",
            "Check the domain's authoritative servers and DNSSEC, try another resolver",
            Aliases, ResolutionFrames.Of(query), "RFC 1035 section 4.1.1") { At = ResolutionFrames.Step(connection, query) };
    }

    private static readonly string[] Aliases =
        ["SERVFAIL", "REFUSED", "EAI_AGAIN", "ESERVFAIL", "Temporary failure in name resolution", "server misbehaving", "ERR_NAME_RESOLUTION_FAILED", "DNS_PROBE_FINISHED_NO_INTERNET", "DNS server failure"];
}
