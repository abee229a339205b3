using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A question or an answer of a look-up.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Mark">When.</param>
/// <param name="Lookup">Of what look-up.</param>
/// <param name="Title">How a question is called: "query", "query retry", "query over TCP".</param>
internal readonly record struct LookupEvent(LookupEventKind Kind, FrameMark Mark, NameLookup Lookup, string Title)
{
    /// <summary>True where it shares the arrow of an earlier one.</summary>
    public bool IsTaken { get; init; }

    /// <summary>The events of several look-ups by their frames; what one frame holds stays in the order in which it was asked.</summary>
    public static List<LookupEvent> Of(IReadOnlyList<NameLookup> lookups)
    {
        List<LookupEvent> events = new(2 * lookups.Count);
        foreach (var lookup in lookups)
        {
            for (var i = 0; i < lookup.Queries.Count; i++) events.Add(new(LookupEventKind.Question, lookup.Queries[i], lookup, QuestionTitle(lookup, i, lookups)));
            if (lookup.Truncated.IsSet) events.Add(new(LookupEventKind.Truncated, lookup.Truncated, lookup, ""));
            if (lookup.Answer.IsSet) events.Add(new(LookupEventKind.Answer, lookup.Answer, lookup, ""));
        }

        events.Sort(static (left, right) => left.Mark.Frame != right.Mark.Frame ? left.Mark.Frame.CompareTo(right.Mark.Frame)
            : left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : left.Lookup.Ticket.CompareTo(right.Lookup.Ticket));
        return events;
    }

    private static string QuestionTitle(NameLookup lookup, int query, IReadOnlyList<NameLookup> lookups)
    {
        var isOverTcp = lookup.Truncated.IsSet ? lookup.Queries[query].Frame > lookup.Truncated.Frame : lookup.Transport == "tcp";
        if (isOverTcp) return "query over TCP";
        return query > 0 || WasAskedBefore(lookup, lookups) ? "query retry" : "query";
    }

    /// <summary>True where the same resolver was asked the same before.</summary>
    private static bool WasAskedBefore(NameLookup lookup, IReadOnlyList<NameLookup> lookups)
    {
        foreach (var other in lookups)
        {
            if (other.Ticket >= lookup.Ticket) return false;
            if (other.Type == lookup.Type && other.Resolver == lookup.Resolver && other.Queries.Count > 0 && DnsName.Comparer.Equals(other.Name, lookup.Name)) return true;
        }

        return false;
    }
}
