using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>What queries and answers are for.</summary>
internal static class DnsExplanations
{
    /// <summary>What the sender of a step achieves with it, see <see cref="Step.Explanation"/>.</summary>
    /// <param name="step">The step.</param>
    /// <param name="title">Its title: it tells whether a query was repeated, and how an answer turned out.</param>
    public static string Of(DnsStep step, string title) => step.From == Direction.Forward ? OfQuery(step, title) : OfAnswer(step.Queries[0], title);

    private static string OfQuery(DnsStep step, string title)
    {
        if (title.EndsWith("retry", StringComparison.Ordinal)) return "asks again: no answer arrived in time";
        if (title.EndsWith("over TCP", StringComparison.Ordinal)) return "asks over TCP, where longer answers fit";
        return step.Queries.Any(q => q.Type is "A" or "AAAA") ? "asks for the addresses of the name"
            : step.Queries.Any(q => q.Type is "HTTPS" or "SVCB") ? "asks how to connect to the name" : "asks for records of the name";
    }

    private static string OfAnswer(DnsQuery query, string title)
    {
        if (title.EndsWith("truncated", StringComparison.Ordinal)) return "is too long for UDP: the client has to use TCP";
        return query.Rcode switch
        {
            "NXDOMAIN" => "says that the name does not exist",
            "SERVFAIL" => "could not find the answer",
            "REFUSED" => "declines to answer this client",
            not (null or "NOERROR") => "reports an error instead of an answer",
            _ when query.Addresses.Count > 0 => "says where to connect",
            _ when query.Answers.Count > 0 => "gives the records of the name",
            _ => "has no record of this type for the name",
        };
    }
}
