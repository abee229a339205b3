using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A question or an answer of a DNS query.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Mark">When.</param>
/// <param name="Lookup">The query that it belongs to.</param>
/// <param name="Title">How a question is called: "query", "query retry", "query over TCP".</param>
internal readonly record struct DnsEvent(DnsEventKind Kind, FrameMark Mark, DnsQuery Lookup, string Title)
{
    /// <summary>True where it shares the arrow of an earlier one.</summary>
    public bool IsTaken { get; init; }

    /// <summary>The events of several queries by their frames; those of one frame stay in the order of the queries.</summary>
    public static List<DnsEvent> Of(IReadOnlyList<DnsQuery> queries)
    {
        List<DnsEvent> events = new(2 * queries.Count);
        foreach (var query in queries)
        {
            for (var i = 0; i < query.Questions.Count; i++) events.Add(new(DnsEventKind.Question, query.Questions[i], query, QuestionTitle(query, i, queries)));
            if (query.Truncated.IsSet) events.Add(new(DnsEventKind.Truncated, query.Truncated, query, ""));
            if (query.Answer.IsSet) events.Add(new(DnsEventKind.Answer, query.Answer, query, ""));
        }

        events.Sort(static (left, right) => left.Mark.Frame != right.Mark.Frame ? left.Mark.Frame.CompareTo(right.Mark.Frame)
            : left.Kind != right.Kind ? left.Kind.CompareTo(right.Kind) : left.Lookup.Ordinal.CompareTo(right.Lookup.Ordinal));
        return events;
    }

    private static string QuestionTitle(DnsQuery query, int question, IReadOnlyList<DnsQuery> queries)
    {
        var isOverTcp = query.Truncated.IsSet ? query.Questions[question].Frame > query.Truncated.Frame : query.Transport == "tcp";
        if (isOverTcp) return "query over TCP";
        return question > 0 || WasAskedBefore(query, queries) ? "query retry" : "query";
    }

    /// <summary>True where the same resolver was asked the same before.</summary>
    private static bool WasAskedBefore(DnsQuery query, IReadOnlyList<DnsQuery> queries)
    {
        foreach (var other in queries)
        {
            if (other.Ordinal >= query.Ordinal) return false;
            if (other.Type == query.Type && other.Resolver == query.Resolver && other.Questions.Count > 0 && DnsName.Comparer.Equals(other.Name, query.Name)) return true;
        }

        return false;
    }
}
