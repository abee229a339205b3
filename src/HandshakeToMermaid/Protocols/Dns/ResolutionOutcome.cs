using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>The outcome of the queries for one name.</summary>
internal static class ResolutionOutcome
{
    /// <summary>
    /// <see cref="OutcomeClass.DnsError"/> or <see cref="OutcomeClass.DnsTimeout"/> where the resolution failed; null where it led
    /// to an address, or where nothing was asked that leads to one. An empty AAAA answer beside an A answer with an address is
    /// no failure, nor is a resolver that stays silent while another answers, nor the result for HTTPS and SVCB records, which are
    /// not needed to connect. Silence is likely at most: the answer to the last question may not have been captured. The actor is the
    /// network where a resolver answered, since it is neither end, and none where none did.
    /// </summary>
    public static Outcome? Of(IReadOnlyList<DnsQuery> queries)
    {
        DnsQuery? error = null, empty = null, silent = null;
        var isUnread = false;
        foreach (var query in queries)
        {
            if (query.Addresses.Count > 0) return null;
            if (!query.IsForAddress) continue;
            if (!query.Answer.IsSet)
            {
                // The one asked last says when it was given up.
                if (silent is null || Asked(query) > Asked(silent)) silent = query;
            }
            else if (query.Rcode != "NOERROR")
            {
                // Of the names that a search list makes, the shortest is the one that was asked for.
                if (error is null || query.Name.Length < error.Name.Length) error = query;
            }
            else if (query.Unparsed.Count > 0)
            {
                isUnread = true;
            }
            else if ((query.Type != "ANY" || query.Answers.Count == 0) && (empty is null || query.Answer.Frame > empty.Answer.Frame))
            {
                empty = query;
            }
        }

        // Clients do not query AAAA alone, and a search goes on after its last answer: the other answer was not captured, and may have been an address.
        var isOpen = error is { Type: "AAAA" } || (error is not null && HasSeveralNames(queries));
        if (isOpen && silent is { Questions.Count: 1 } && IsNewest(queries, silent)) return new Outcome(OutcomeClass.DnsTimeout, Confidence.Likely, OutcomeActor.None, Asked(silent));
        if (error is { Type: "AAAA" } && !HasAnswered(queries, "A")) error = null;
        if (error is not null) return new Outcome(OutcomeClass.DnsError, Confidence.Certain, OutcomeActor.Network, error.Answer.Frame);

        // Silence to one of A and AAAA leaves open what it would have said, so an empty answer to the other decides nothing.
        if (silent is not null && !HasAnswered(queries, silent.Type))
            return new Outcome(OutcomeClass.DnsTimeout, Confidence.Likely, OutcomeActor.None, Asked(silent));

        // What was not read of another answer may be an address. Clients do not query AAAA alone: the other answer was not captured.
        if (empty is null || isUnread || (empty.Type == "AAAA" && !HasAnswered(queries, "A"))) return null;
        return new Outcome(OutcomeClass.DnsError, Confidence.Certain, OutcomeActor.Network, empty.Answer.Frame);
    }

    /// <summary>True where no other query of its type was answered later.</summary>
    private static bool IsNewest(IReadOnlyList<DnsQuery> queries, DnsQuery silent)
    {
        foreach (var query in queries)
            if (query.Type == silent.Type && query.Answer.Frame > Asked(silent)) return false;
        return true;
    }

    private static bool HasSeveralNames(IReadOnlyList<DnsQuery> queries)
    {
        foreach (var query in queries)
            if (query.Name != queries[0].Name) return true;
        return false;
    }

    private static bool HasAnswered(IReadOnlyList<DnsQuery> queries, string type)
    {
        foreach (var query in queries)
            if (query.Answer.IsSet && query.Type == type) return true;
        return false;
    }

    private static long Asked(DnsQuery query) => query.Questions.Count > 0 ? query.Questions[^1].Frame : 0;
}
