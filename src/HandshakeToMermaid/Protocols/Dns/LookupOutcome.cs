namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Judges the look-ups of one name.</summary>
public static class LookupOutcome
{
    /// <summary>
    /// <see cref="OutcomeClass.DnsError"/> or <see cref="OutcomeClass.DnsTimeout"/> where the name led nowhere; null where it led
    /// to an address, or where nothing was asked that leads to one. An empty AAAA answer beside an A answer with an address is
    /// no failure, nor is a resolver that stays silent while another answers. By is the network where a resolver answered,
    /// since it is neither end, and nobody where none did.
    /// </summary>
    public static Outcome? Of(IReadOnlyList<NameLookup> lookups)
    {
        NameLookup? error = null, empty = null, silent = null;
        foreach (var lookup in lookups)
        {
            if (lookup.Addresses.Count > 0) return null;
            var isForAddress = IsForAddress(lookup);
            if (!lookup.Answer.IsSet)
            {
                // The one asked last says when it was given up.
                var isBetter = silent is null || (isForAddress, Asked(lookup)).CompareTo((IsForAddress(silent), Asked(silent))) > 0;
                if (isBetter) silent = lookup;
            }
            else if (lookup.Rcode != "NOERROR")
            {
                if (error is null || (isForAddress && !IsForAddress(error))) error = lookup;
            }
            else if (isForAddress && (lookup.Type != "ANY" || lookup.Answers.Count == 0) && lookup.Unread.Count == 0 && (empty is null || lookup.Answer.Frame > empty.Answer.Frame))
            {
                empty = lookup;
            }
        }

        if (error is not null) return new Outcome(OutcomeClass.DnsError, Confidence.Proved, OutcomeActor.Network, error.Answer.Frame);

        // Silence to one of A and AAAA leaves open what it would have said, so an empty answer to the other decides nothing.
        if (silent is not null && !HasAnsweredQuestion(lookups, silent) && (empty is null || IsForAddress(silent)))
            return new Outcome(OutcomeClass.DnsTimeout, silent.Retries > 0 ? Confidence.Proved : Confidence.Likely, OutcomeActor.None, Asked(silent));
        return empty is null ? null : new Outcome(OutcomeClass.DnsError, Confidence.Proved, OutcomeActor.Network, empty.Answer.Frame);
    }

    private static bool HasAnsweredQuestion(IReadOnlyList<NameLookup> lookups, NameLookup silent)
    {
        foreach (var lookup in lookups)
            if (lookup.Answer.IsSet && lookup.Type == silent.Type) return true;
        return false;
    }

    private static bool IsForAddress(NameLookup lookup) => lookup.Type is "A" or "AAAA" or "ANY";

    private static long Asked(NameLookup lookup) => lookup.Queries.Count > 0 ? lookup.Queries[^1].Frame : 0;
}
