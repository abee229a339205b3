using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The look-up was answered only when it was asked again.</summary>
internal sealed class DnsRetried : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        // Over TCP the second question is no repetition but the way to a longer answer.
        if (RetriedOf(connection.Lookups) is not { } lookup) return null;
        var lost = lookup.Queries[^1].Time - lookup.Queries[0].Time;
        return new Finding(
            "dns-retried", Severity.Warning, Confidence.Proved, "The look-up had to be repeated",
            $"{lookup.Resolver.Address} was asked {lookup.Queries.Count} times for {Wording.Name(lookup.Name)}, which cost {Wording.Wait(lost)}",
            "Look for packet loss on the way to the resolver",
            Aliases, LookupFrames.Of(lookup), "RFC 1035 section 4.2.1") { At = LookupFrames.Step(connection, lookup) };
    }

    private static NameLookup? RetriedOf(IReadOnlyList<NameLookup> lookups)
    {
        for (var i = 0; i < lookups.Count; i++)
        {
            // As many answers as questions: none was lost, the client was impatient.
            if (lookups[i] is { Retries: > 0, Answer.IsSet: true, Truncated.IsSet: false } retried && retried.AnswersSeen < retried.Queries.Count) return retried;
        }

        return null;
    }

    private static readonly string[] Aliases = ["dns.retransmission", "DNS query retransmission", "slow name resolution", "options timeout", "DNS timeout"];
}
