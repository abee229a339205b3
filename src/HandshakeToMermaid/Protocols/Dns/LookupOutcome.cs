namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Judges the look-ups of one name.</summary>
public static class LookupOutcome
{
    /// <summary>
    /// <see cref="OutcomeClass.DnsError"/> or <see cref="OutcomeClass.DnsTimeout"/> where the name led nowhere; null where it led
    /// to an address, or where nothing was asked that leads to one. An empty AAAA answer beside an A answer with an address is
    /// no failure, nor is a resolver that stays silent while another answers, nor what became of HTTPS and SVCB records, which nobody
    /// needs to connect. Silence is likely at most: the answer to the last question may not have been captured. By is the network where
    /// a resolver answered, since it is neither end, and nobody where none did.
    /// </summary>
    public static Outcome? Of(IReadOnlyList<NameLookup> lookups)
    {
        NameLookup? error = null, empty = null, silent = null;
        foreach (var lookup in lookups)
        {
            if (lookup.Addresses.Count > 0) return null;
            if (!lookup.IsForAddress) continue;
            if (!lookup.Answer.IsSet)
            {
                // The one asked last says when it was given up.
                if (silent is null || Asked(lookup) > Asked(silent)) silent = lookup;
            }
            else if (lookup.Rcode != "NOERROR")
            {
                // Of the names that a search list makes, the shortest is the one that was asked for.
                if (error is null || lookup.Name.Length < error.Name.Length) error = lookup;
            }
            else if ((lookup.Type != "ANY" || lookup.Answers.Count == 0) && lookup.Unread.Count == 0 && (empty is null || lookup.Answer.Frame > empty.Answer.Frame))
            {
                empty = lookup;
            }
        }

        // Nobody asks for IPv6 alone, and a search goes on after its last answer: the other answer was not captured, and may have been an address.
        var isOpen = error is { Type: "AAAA" } || (error is not null && HasSeveralNames(lookups));
        if (isOpen && silent is { Queries.Count: 1 } && IsNewest(lookups, silent)) return new Outcome(OutcomeClass.DnsTimeout, Confidence.Likely, OutcomeActor.None, Asked(silent));
        if (error is { Type: "AAAA" } && !HasAnswered(lookups, "A")) error = null;
        if (error is not null) return new Outcome(OutcomeClass.DnsError, Confidence.Proved, OutcomeActor.Network, error.Answer.Frame);

        // Silence to one of A and AAAA leaves open what it would have said, so an empty answer to the other decides nothing.
        if (silent is not null && !HasAnswered(lookups, silent.Type))
            return new Outcome(OutcomeClass.DnsTimeout, Confidence.Likely, OutcomeActor.None, Asked(silent));

        // Nobody asks for IPv6 alone: the other answer was not captured.
        if (empty is null || (empty.Type == "AAAA" && !HasAnswered(lookups, "A"))) return null;
        return new Outcome(OutcomeClass.DnsError, Confidence.Proved, OutcomeActor.Network, empty.Answer.Frame);
    }

    /// <summary>True where no other look-up of its type was answered later.</summary>
    private static bool IsNewest(IReadOnlyList<NameLookup> lookups, NameLookup silent)
    {
        foreach (var lookup in lookups)
            if (lookup.Type == silent.Type && lookup.Answer.Frame > Asked(silent)) return false;
        return true;
    }

    private static bool HasSeveralNames(IReadOnlyList<NameLookup> lookups)
    {
        foreach (var lookup in lookups)
            if (lookup.Name != lookups[0].Name) return true;
        return false;
    }

    private static bool HasAnswered(IReadOnlyList<NameLookup> lookups, string type)
    {
        foreach (var lookup in lookups)
            if (lookup.Answer.IsSet && lookup.Type == type) return true;
        return false;
    }

    private static long Asked(NameLookup lookup) => lookup.Queries.Count > 0 ? lookup.Queries[^1].Frame : 0;
}
