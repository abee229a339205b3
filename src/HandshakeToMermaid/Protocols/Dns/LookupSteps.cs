using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Draws look-ups as steps.</summary>
public static class LookupSteps
{
    /// <summary>
    /// The steps of one resolution, ordered by their frames. Questions that a client sends within a few milliseconds
    /// share an arrow, as resolver libraries ask for A and AAAA at once, but never across an answer; each answer has its own. What a client
    /// asks again and again, to be told the same, is drawn once with its number.
    /// </summary>
    public static IReadOnlyList<Step> Of(IReadOnlyList<NameLookup> lookups)
    {
        var events = LookupEvent.Of(lookups);
        HashSet<string> resolved = [.. lookups.Where(static l => l.Addresses.Count > 0).Select(static l => l.Name)];
        List<LookupStep> steps = [];
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Kind == LookupEventKind.Question) AddQuestions(events, i, lookups, steps);
            else steps.Add(AnswerOf(events[i], resolved));
        }

        return RepeatedLookups.Fold(steps);
    }

    /// <summary>The question at hand and those that follow at once. Those that were taken along are not met again.</summary>
    private static void AddQuestions(List<LookupEvent> events, int at, IReadOnlyList<NameLookup> lookups, List<LookupStep> steps)
    {
        var first = events[at];
        if (first.IsTaken) return;
        var last = first;
        List<NameLookup> together = [];
        for (var i = at; i < Math.Min(events.Count, at + MostTogether); i++)
        {
            var next = events[i];
            if (next.Kind != LookupEventKind.Question || next.Mark.Time - first.Mark.Time > Together) break;
            if (next.IsTaken || next.Title != first.Title || !AreAskedTogether(first.Lookup, next.Lookup) || together.Contains(next.Lookup)) continue;
            events[i] = next with { IsTaken = true };
            together.Add(next.Lookup);
            last = next;
        }

        var types = string.Join(", ", together.Select(l => l.Type).Distinct());
        steps.Add(Make($"{types} {first.Title}", Direction.Forward, together, first.Mark, last.Mark, IsDeadEnd(first, lookups), [new StepFact(Detail.Brief, "", first.Lookup.Name)]));
    }

    private static bool AreAskedTogether(NameLookup left, NameLookup right) => left.Resolver == right.Resolver && left.Client.Address == right.Client.Address
        && left.Answer.IsSet == right.Answer.IsSet && DnsName.Comparer.Equals(left.Name, right.Name);

    /// <summary>Never answered; of one that may still be answered only where its client asked again or somebody else.</summary>
    private static bool IsDeadEnd(LookupEvent question, IReadOnlyList<NameLookup> lookups)
    {
        var lookup = question.Lookup;
        if (lookup.IsAnswerMissing) return false;
        if (lookup.Answer.IsSet || lookup.IsOver) return !lookup.Answer.IsSet;
        for (var i = 0; i < lookups.Count; i++)
        {
            var other = lookups[i];
            if (other.Type == lookup.Type && other.Queries.Count > 0 && other.Queries[^1].Time - question.Mark.Time >= GivenUp) return true;
        }

        return false;
    }

    private static LookupStep AnswerOf(LookupEvent answer, HashSet<string> resolved)
    {
        var (lookup, mark) = (answer.Lookup, answer.Mark);
        if (answer.Kind == LookupEventKind.Truncated) return Make($"{lookup.Type} answer truncated", Direction.Reverse, [lookup], mark, mark, isDeadEnd: false, []);
        var title = AnswerTitle(lookup);
        var isOneOfSeveral = lookup.Rcode != "NOERROR" && resolved.Contains(lookup.Name);
        return Make(isOneOfSeveral ? $"{title} ({lookup.Type})" : title, Direction.Reverse, [lookup], mark, mark, isDeadEnd: false, AnswerFacts(lookup, title));
    }

    private static string AnswerTitle(NameLookup lookup)
    {
        if (lookup.Rcode != "NOERROR") return lookup.Rcode ?? "answer";
        if (lookup.Type is "HTTPS" or "SVCB") return HttpsTitle(lookup);
        if (lookup.Addresses.Count > 0)
        {
            var address = lookup.Addresses[0];
            var more = lookup.Addresses.Count > 1 ? $" + {lookup.Addresses.Count - 1} more" : "";
            return $"{(address.IsIpv4 ? "A" : "AAAA")} {address}{more}";
        }

        return RecordOf(lookup) is { } record ? Short(record) : $"no {lookup.Type} record";
    }

    /// <summary>The record up to its first parameter: "HTTPS alpn h3, h2".</summary>
    private static string HttpsTitle(NameLookup lookup)
    {
        if (RecordOf(lookup) is not { } record) return $"no {lookup.Type} record";
        var end = record.IndexOf(';', StringComparison.Ordinal);
        return Short($"{lookup.Type} {(end < 0 ? record : record[..end])}");
    }

    /// <summary>The first record of the type that was asked for; an alias alone leads to none, unless it was asked for.</summary>
    private static string? RecordOf(NameLookup lookup)
    {
        foreach (var answer in lookup.Answers)
        {
            if (!IsAlias(answer) || lookup.Type is "CNAME" or "ANY") return answer;
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

    private static List<StepFact> AnswerFacts(NameLookup lookup, string title)
    {
        List<StepFact> facts = [];
        foreach (var error in lookup.ExtendedErrors) facts.Add(new StepFact(Detail.Normal, "reason", error));
        foreach (var answer in lookup.Answers)
        {
            if (IsAlias(answer)) facts.Add(new StepFact(Detail.Normal, "", answer));
            else if (!title.EndsWith(answer, StringComparison.Ordinal)) facts.Add(new StepFact(Detail.Full, "", answer));
        }

        if (lookup.Queries.Count == 0) facts.Add(new StepFact(Detail.Normal, "", lookup.Name));
        foreach (var unread in lookup.Unread) facts.Add(new StepFact(Detail.Normal, "", unread.What == UnreadKind.JoinedMidway ? "query not captured" : unread.Detail));
        return facts;
    }

    private static LookupStep Make(string title, Direction from, IReadOnlyList<NameLookup> lookups, FrameMark first, FrameMark last, bool isDeadEnd, IReadOnlyList<StepFact> facts) =>
        new(title, Text(lookups[0].Resolver), isDeadEnd, facts, lookups) { From = from, First = first, Last = last };

    private static string Text(IpEndpoint resolver) => resolver.Port == DnsPort.Dns ? resolver.Address.ToString() : resolver.ToString();

    // A stub resolver sends its questions for one name back to back; the shortest wait before it repeats one is a second.
    private static readonly Duration Together = Duration.FromMilliseconds(10);

    /// <summary>Who asks again that late has given up the question before.</summary>
    private static readonly Duration GivenUp = Duration.FromMilliseconds(250);

    private const int LongestTitle = 60;

    // Questions looked at for one arrow; libraries send two or three.
    private const int MostTogether = 32;
}
