using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Rules;

/// <summary>The look-up was answered only when it was asked again, or by another resolver.</summary>
internal sealed class DnsRetried : IRule
{
    /// <inheritdoc/>
    public Finding? Examine(Connection connection)
    {
        var lookups = connection.Lookups;
        for (var i = 0; i < lookups.Count; i++)
        {
            // Over TCP the second question is no repetition but the way to a longer answer.
            if (lookups[i].Truncated.IsSet) continue;
            var finding = lookups[i].Answer.IsSet ? OfRepeated(connection, lookups[i]) : OfSilent(connection, lookups[i]);
            if (finding is not null) return finding;
        }

        return null;
    }

    private static Finding? OfRepeated(Connection connection, NameLookup lookup)
    {
        // As many answers as questions: none was lost, the client was impatient.
        if (lookup.Retries == 0 || lookup.AnswersSeen >= lookup.Queries.Count) return null;
        var lost = lookup.Queries[^1].Time - lookup.Queries[0].Time;
        return Found(
            $"{lookup.Resolver.Address} was queried {lookup.Queries.Count} times for {Wording.Name(lookup.Name)}, a delay of {Wording.Wait(lost)}",
            "Look for packet loss on the path to the resolver", LookupFrames.Of(lookup), LookupFrames.Step(connection, lookup));
    }

    /// <summary>One resolver stays silent, the next one that is asked answers.</summary>
    private static Finding? OfSilent(Connection connection, NameLookup silent)
    {
        for (var i = 0; i < connection.Lookups.Count; i++)
        {
            var next = connection.Lookups[i];
            var isInstead = next.Answer.IsSet && next.Type == silent.Type && next.Ticket > silent.Ticket && next.Queries.Count > 0 && silent.Queries.Count > 0;
            if (!isInstead || next.Queries[0].Time - silent.Queries[0].Time < Impatience) continue;
            var lost = next.Queries[0].Time - silent.Queries[0].Time;
            var isSame = next.Resolver.Address == silent.Resolver.Address;
            return Found(
                $"{silent.Resolver.Address} did not answer for {Wording.Name(silent.Name)}, {(isSame ? "it was queried again" : $"{next.Resolver.Address} was queried")} {Wording.Wait(lost)} later",
                isSame ? "Look for packet loss on the path to the resolver" : "Check that resolver and the path to it, or remove it from the client's list",
                TlsEvidence.Frames(LookupFrames.Of(silent), LookupFrames.Of(next)), LookupFrames.Step(connection, silent));
        }

        return null;
    }

    private static Finding Found(string cause, string fix, IReadOnlyList<long> frames, Step? at) =>
        new("dns-retried", Severity.Warning, Confidence.Proved, "The DNS query had to be repeated", cause, fix, Aliases, frames, "RFC 1035 section 4.2.1") { At = at };

    /// <summary>Some clients ask several resolvers at once; who asks the next one that late has waited in vain for the first.</summary>
    private static readonly Duration Impatience = Duration.FromMilliseconds(250);

    private static readonly string[] Aliases = ["dns.retransmission", "DNS query retransmission", "slow name resolution", "options timeout", "DNS timeout"];
}
