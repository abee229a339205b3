using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The DNS query was answered only when it was sent again, or by another resolver.</summary>
internal sealed class DnsRetried : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        var queries = connection.Queries;
        for (var i = 0; i < queries.Count; i++)
        {
            // Over TCP the second question is no repetition but the way to a longer answer.
            if (queries[i].Truncated.IsSet) continue;
            var finding = queries[i].Answer.IsSet ? OfRepeated(connection, queries[i]) : OfSilent(connection, queries[i]);
            if (finding is not null) return finding;
        }

        return null;
    }

    private static Finding? OfRepeated(Connection connection, DnsQuery query)
    {
        // As many answers as questions: none was lost, the client was impatient.
        if (query.Retries == 0 || query.AnswersSeen >= query.Questions.Count) return null;
        var lost = query.Questions[^1].Time - query.Questions[0].Time;
        return Found(
            $"{query.Resolver.Address} was queried {query.Questions.Count} times for {Wording.Name(query.Name)}, a delay of {Wording.Wait(lost)}",
            "Look for packet loss on the path to the resolver", ResolutionFrames.Of(query), ResolutionFrames.Step(connection, query));
    }

    /// <summary>One resolver stays silent, the next one that is asked answers.</summary>
    private static Finding? OfSilent(Connection connection, DnsQuery silent)
    {
        for (var i = 0; i < connection.Queries.Count; i++)
        {
            var next = connection.Queries[i];
            var isInstead = next.Answer.IsSet && next.Type == silent.Type && next.Ordinal > silent.Ordinal && next.Questions.Count > 0 && silent.Questions.Count > 0;
            if (!isInstead || next.Questions[0].Time - silent.Questions[0].Time < Impatience) continue;
            var lost = next.Questions[0].Time - silent.Questions[0].Time;
            var isSame = next.Resolver.Address == silent.Resolver.Address;
            return Found(
                $"{silent.Resolver.Address} did not answer for {Wording.Name(silent.Name)}, {(isSame ? "it was queried again" : $"{next.Resolver.Address} was queried")} {Wording.Wait(lost)} later",
                isSame ? "Look for packet loss on the path to the resolver" : "Check that resolver and the path to it, or remove it from the client's list",
                TlsEvidence.Frames(ResolutionFrames.Of(silent), ResolutionFrames.Of(next)), ResolutionFrames.Step(connection, silent));
        }

        return null;
    }

    private static Finding Found(string cause, string fix, IReadOnlyList<long> frames, Step? at) =>
        new("dns-retried", Severity.Warning, Confidence.Certain, "The DNS query had to be repeated", cause, fix, Aliases, frames, "RFC 1035 section 4.2.1") { At = at };

    /// <summary>Some clients ask several resolvers at once; one that queries the next one that late has had no answer from the first.</summary>
    private static readonly Duration Impatience = Duration.FromMilliseconds(250);

    private static readonly string[] Aliases = ["dns.retransmission", "DNS query retransmission", "slow name resolution", "options timeout", "DNS timeout"];
}
