using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Comparison;

/// <summary>
/// Compares what DNS answered. Which record types are asked for, in which order and how often depends on the resolver library and on caches: only
/// types that both runs asked for are compared, by their last answers.
/// </summary>
internal static class ResolutionComparer
{
    /// <summary>A difference for each record type with other answers.</summary>
    public static IEnumerable<Difference> Compare(IReadOnlyList<DnsQuery> good, IReadOnlyList<DnsQuery> bad)
    {
        var (ofGood, ofBad) = (AnswersOf(good), AnswersOf(bad));
        foreach (var (type, answers) in ofGood)
        {
            if (!ofBad.TryGetValue(type, out var others) || answers.SequenceEqual(others)) continue;
            yield return new Difference(DifferenceKind.Value, Phase.Dns.Title, type, answers, others) { Meaning = "another resolver, split-horizon DNS, or an address that changed" };
        }
    }

    /// <summary>True where both runs asked for a record type: only then is anything known about their answers.</summary>
    public static bool CanCompare(IReadOnlyList<DnsQuery> good, IReadOnlyList<DnsQuery> bad) => AnswersOf(good).Keys.Intersect(AnswersOf(bad).Keys, StringComparer.Ordinal).Any();

    private static OrderedDictionary<string, IReadOnlyList<string>> AnswersOf(IReadOnlyList<DnsQuery> queries)
    {
        var answers = new OrderedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var query in queries.Where(q => q.Unparsed.Count == 0)) answers[query.Type] = AnswerOf(query);
        return answers;
    }

    private static IReadOnlyList<string> AnswerOf(DnsQuery query)
    {
        if (!query.Answer.IsSet) return ["no answer"];
        if (query.Rcode != "NOERROR") return [query.Rcode ?? "an answer without a code"];
        return query.Addresses.Count > 0 ? [.. query.Addresses.Select(a => a.ToString()).Order(StringComparer.Ordinal)] : ["no record"];
    }
}
