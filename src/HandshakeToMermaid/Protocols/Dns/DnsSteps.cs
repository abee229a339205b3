using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Makes steps of DNS queries.</summary>
internal static class DnsSteps
{
    /// <summary>
    /// The steps of one resolution, ordered by their frames. Questions that a client sends within a few milliseconds
    /// share an arrow, as resolver libraries ask for A and AAAA at once, but never across an answer; each answer has its own. Repeated
    /// queries with the same answer are drawn once with their number.
    /// </summary>
    public static IReadOnlyList<Step> Of(IReadOnlyList<DnsQuery> queries)
    {
        var events = DnsEvent.Of(queries);
        HashSet<string> resolved = [.. queries.Where(static l => l.Addresses.Count > 0).Select(static l => l.Name)];
        List<DnsStep> steps = [];
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Kind == DnsEventKind.Question) AddQuestions(events, i, queries, steps);
            else steps.Add(AnswerOf(events[i], resolved));
        }

        return RepeatedQueries.Fold(steps);
    }

    /// <summary>The current question and those that follow at once, which are then skipped.</summary>
    private static void AddQuestions(List<DnsEvent> events, int at, IReadOnlyList<DnsQuery> queries, List<DnsStep> steps)
    {
        var first = events[at];
        if (first.IsTaken) return;
        var last = first;
        List<DnsQuery> together = [];
        for (var i = at; i < Math.Min(events.Count, at + MaxTogether); i++)
        {
            var next = events[i];
            if (next.Kind != DnsEventKind.Question || next.Mark.Time - first.Mark.Time > Together) break;
            if (next.IsTaken || next.Title != first.Title || !AreAskedTogether(first.Lookup, next.Lookup) || together.Contains(next.Lookup)) continue;
            events[i] = next with { IsTaken = true };
            together.Add(next.Lookup);
            last = next;
        }

        var types = string.Join(", ", together.Select(l => l.Type).Distinct());
        steps.Add(Make($"{types} {first.Title}", Direction.Forward, together, first.Mark, last.Mark, IsDeadEnd(first, queries), [new StepFact(Detail.Brief, "", first.Lookup.Name)]));
    }

    private static bool AreAskedTogether(DnsQuery left, DnsQuery right) => left.Resolver == right.Resolver && left.Client.Address == right.Client.Address
        && left.Answer.IsSet == right.Answer.IsSet && DnsName.Comparer.Equals(left.Name, right.Name);

    /// <summary>Never answered; of one that may still be answered only where its client sent it again or queried another resolver.</summary>
    private static bool IsDeadEnd(DnsEvent question, IReadOnlyList<DnsQuery> queries)
    {
        var query = question.Lookup;
        if (query.IsAnswerMissing) return false;
        if (query.Answer.IsSet || query.IsOver) return !query.Answer.IsSet;
        for (var i = 0; i < queries.Count; i++)
        {
            var other = queries[i];
            if (other.Type == query.Type && other.Questions.Count > 0 && other.Questions[^1].Time - question.Mark.Time >= GivenUp) return true;
        }

        return false;
    }

    private static DnsStep AnswerOf(DnsEvent answer, HashSet<string> resolved)
    {
        var (query, mark) = (answer.Lookup, answer.Mark);
        if (answer.Kind == DnsEventKind.Truncated) return Make($"{query.Type} answer truncated", Direction.Reverse, [query], mark, mark, isDeadEnd: false, []);
        var title = AnswerTitle(query);
        var isOneOfSeveral = query.Rcode != "NOERROR" && resolved.Contains(query.Name);
        return Make(isOneOfSeveral ? $"{title} ({query.Type})" : title, Direction.Reverse, [query], mark, mark, isDeadEnd: false, AnswerFacts(query, title));
    }

    private static string AnswerTitle(DnsQuery query)
    {
        if (query.Rcode != "NOERROR") return query.Rcode ?? "answer";
        if (query.Type is "HTTPS" or "SVCB") return HttpsTitle(query);
        if (query.Addresses.Count > 0)
        {
            var address = query.Addresses[0];
            var more = query.Addresses.Count > 1 ? $" + {query.Addresses.Count - 1} more" : "";
            return $"{(address.IsIpv4 ? "A" : "AAAA")} {address}{more}";
        }

        return RecordOf(query) is { } record ? Short(record) : $"no {query.Type} record";
    }

    /// <summary>The record up to its first parameter: "HTTPS alpn h3, h2".</summary>
    private static string HttpsTitle(DnsQuery query)
    {
        if (RecordOf(query) is not { } record) return $"no {query.Type} record";
        var end = record.IndexOf(';', StringComparison.Ordinal);
        return Short($"{query.Type} {(end < 0 ? record : record[..end])}");
    }

    /// <summary>The first record of the type that was asked for; an alias alone leads to none, unless it was asked for.</summary>
    private static string? RecordOf(DnsQuery query)
    {
        foreach (var answer in query.Answers)
        {
            if (!IsAlias(answer) || query.Type is "CNAME" or "ANY") return answer;
        }

        return null;
    }

    private static bool IsAlias(string record) => record.StartsWith("CNAME ", StringComparison.Ordinal);

    /// <summary>A TXT record may be tens of thousands of characters long; the whole of it is a fact.</summary>
    private static string Short(string text)
    {
        if (text.Length <= LongestTitle) return text;
        var end = char.IsHighSurrogate(text[LongestTitle - 1]) ? LongestTitle - 1 : LongestTitle;
        return $"{text.AsSpan(0, end)}...";
    }

    private static List<StepFact> AnswerFacts(DnsQuery query, string title)
    {
        List<StepFact> facts = [];
        foreach (var error in query.ExtendedErrors) facts.Add(new StepFact(Detail.Normal, "reason", error));
        foreach (var answer in query.Answers)
        {
            if (IsAlias(answer)) facts.Add(new StepFact(Detail.Normal, "", answer));
            else if (!title.EndsWith(answer, StringComparison.Ordinal)) facts.Add(new StepFact(Detail.Full, "", answer));
        }

        if (query.Questions.Count == 0) facts.Add(new StepFact(Detail.Normal, "", query.Name));
        foreach (var unparsed in query.Unparsed) facts.Add(new StepFact(Detail.Normal, "", unparsed.What == UnparsedReason.JoinedMidway ? "query not captured" : unparsed.Detail));
        return facts;
    }

    private static DnsStep Make(string title, Direction from, IReadOnlyList<DnsQuery> queries, FrameMark first, FrameMark last, bool isDeadEnd, IReadOnlyList<StepFact> facts) =>
        new(title, Text(queries[0].Resolver), isDeadEnd, facts, queries) { From = from, First = first, Last = last };

    private static string Text(IpEndpoint resolver) => resolver.Port == DnsPort.Dns ? resolver.Address.ToString() : resolver.ToString();

    // A stub resolver sends its questions for one name back to back; the shortest wait before it repeats one is a second.
    private static readonly Duration Together = Duration.FromMilliseconds(10);

    /// <summary>A client that asks again that late has given up the question before.</summary>
    private static readonly Duration GivenUp = Duration.FromMilliseconds(250);

    private const int LongestTitle = 60;

    // Questions looked at for one arrow; libraries send two or three.
    private const int MaxTogether = 32;
}
