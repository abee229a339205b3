using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The name that the client looked up does not exist, or has no address.</summary>
internal sealed class NameDoesNotExist : IRule
{
    /// <inheritdoc/>
    public bool IsAboutFailure => true;

    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != OutcomeClass.DnsError) return null;
        var query = connection.Queries.FirstOrDefault(l => l.Answer.Frame == connection.Outcome.Frame);
        if (query is null || query.Rcode is not ("NXDOMAIN" or "NOERROR")) return null;
        var isAbsent = query.Rcode == "NXDOMAIN";
        return new Finding(
            "name-does-not-exist", Severity.Error, Confidence.Certain, isAbsent ? "The name does not exist" : "The name has no address record",
            isAbsent
                ? $"{query.Resolver.Address} answered NXDOMAIN for {Wording.Name(query.Name)}"
                : $"{Wording.Name(query.Name)} exists, but {query.Resolver.Address} returned no address for it",
            "Correct the name, or add it to the DNS",
            Aliases, ResolutionFrames.Of(query), "RFC 2308 section 2") { At = ResolutionFrames.Step(connection, query) };
    }

    private static readonly string[] Aliases =
    [
        "NXDOMAIN", "ENOTFOUND", "EAI_NONAME", "Could not resolve host", "Name or service not known", "ERR_NAME_NOT_RESOLVED", "NS_ERROR_UNKNOWN_HOST", "no such host", "java.net.UnknownHostException",
        "No such host is known", "DNS_PROBE_FINISHED_NXDOMAIN",
    ];
}
