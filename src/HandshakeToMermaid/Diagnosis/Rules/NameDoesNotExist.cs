using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

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
        var lookup = connection.Lookups.FirstOrDefault(l => l.Answer.Frame == connection.Outcome.Frame);
        if (lookup is null || lookup.Rcode is not ("NXDOMAIN" or "NOERROR")) return null;
        var isAbsent = lookup.Rcode == "NXDOMAIN";
        return new Finding(
            "name-does-not-exist", Severity.Error, Confidence.Proved, isAbsent ? "The name does not exist" : "The name has no address record",
            isAbsent
                ? $"{lookup.Resolver.Address} answered NXDOMAIN for {Wording.Name(lookup.Name)}"
                : $"{Wording.Name(lookup.Name)} exists, but {lookup.Resolver.Address} returned no address for it",
            "Correct the name, or add it to the DNS",
            Aliases, LookupFrames.Of(lookup), "RFC 2308 section 2") { At = LookupFrames.Step(connection, lookup) };
    }

    private static readonly string[] Aliases =
    [
        "NXDOMAIN", "ENOTFOUND", "EAI_NONAME", "Could not resolve host", "Name or service not known", "ERR_NAME_NOT_RESOLVED", "NS_ERROR_UNKNOWN_HOST", "no such host", "java.net.UnknownHostException",
        "No such host is known", "DNS_PROBE_FINISHED_NXDOMAIN",
    ];
}
