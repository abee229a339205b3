using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Draws look-ups as steps.</summary>
public static class LookupSteps
{
    /// <summary>
    /// The steps of look-ups for one name, ordered by their frames. Questions that a client sends within a few milliseconds
    /// share an arrow, as resolver libraries ask for A and AAAA at once; each answer has its own.
    /// </summary>
    public static IReadOnlyList<Step> Of(IReadOnlyList<NameLookup> lookups)
    {
        List<Step> steps = [];
        AddQuestions(lookups, steps);
        foreach (var lookup in lookups)
        {
            if (lookup.Truncated.IsSet) steps.Add(Make($"{lookup.Type} answer truncated", Direction.Reverse, [lookup], lookup.Truncated, lookup.Truncated, isDeadEnd: false, []));
            if (!lookup.Answer.IsSet) continue;
            var title = AnswerTitle(lookup);
            steps.Add(Make(title, Direction.Reverse, [lookup], lookup.Answer, lookup.Answer, isDeadEnd: false, AnswerFacts(lookup, title)));
        }

        steps.Sort(static (left, right) => left.Last.Frame != right.Last.Frame ? left.Last.Frame.CompareTo(right.Last.Frame) : left.From.CompareTo(right.From));
        return steps;
    }

    private static void AddQuestions(IReadOnlyList<NameLookup> lookups, List<Step> steps)
    {
        List<(FrameMark Mark, NameLookup Lookup, string Kind)> asked = [];
        foreach (var lookup in lookups)
            for (var i = 0; i < lookup.Queries.Count; i++) asked.Add((lookup.Queries[i], lookup, Kind(lookup, i)));
        asked.Sort(static (left, right) => left.Mark.Frame != right.Mark.Frame ? left.Mark.Frame.CompareTo(right.Mark.Frame) : left.Lookup.Ticket.CompareTo(right.Lookup.Ticket));

        var isTaken = new bool[asked.Count];
        for (var i = 0; i < asked.Count; i++)
        {
            if (isTaken[i]) continue;
            var (first, lookup, kind) = asked[i];
            var last = first;
            List<NameLookup> together = [];
            for (var j = i; j < Math.Min(asked.Count, i + MostTogether) && asked[j].Mark.Time - first.Time <= Together; j++)
            {
                if (isTaken[j] || asked[j].Kind != kind || !AreAskedTogether(lookup, asked[j].Lookup) || together.Contains(asked[j].Lookup)) continue;
                isTaken[j] = true;
                together.Add(asked[j].Lookup);
                last = asked[j].Mark;
            }

            var types = string.Join(", ", together.Select(l => l.Type).Distinct());
            steps.Add(Make($"{types} {kind}", Direction.Forward, together, first, last, !lookup.Answer.IsSet, [new StepFact(Detail.Brief, "", lookup.Name)]));
        }
    }

    private static bool AreAskedTogether(NameLookup left, NameLookup right) => left.Resolver == right.Resolver && left.Client.Address == right.Client.Address
        && left.Answer.IsSet == right.Answer.IsSet && DnsName.Comparer.Equals(left.Name, right.Name);

    private static string Kind(NameLookup lookup, int query)
    {
        if (lookup.Truncated.IsSet ? lookup.Queries[query].Frame > lookup.Truncated.Frame : lookup.Transport == "tcp") return "query over TCP";
        return query == 0 ? "query" : "query again";
    }

    private static string AnswerTitle(NameLookup lookup)
    {
        if (lookup.Rcode != "NOERROR") return lookup.Rcode ?? "answer";
        if (lookup.Answers.Count == 0) return $"no {lookup.Type} record";
        if (lookup.Type is "HTTPS" or "SVCB") return HttpsTitle(lookup);
        if (lookup.Addresses.Count == 0) return Short(lookup.Answers[0]);

        var address = lookup.Addresses[0];
        var more = lookup.Addresses.Count > 1 ? $" + {lookup.Addresses.Count - 1} more" : "";
        return $"{(address.IsIpv4 ? "A" : "AAAA")} {address}{more}";
    }

    /// <summary>The record itself behind any aliases, up to its first parameter: "HTTPS alpn h3, h2".</summary>
    private static string HttpsTitle(NameLookup lookup)
    {
        var record = lookup.Answers[0];
        foreach (var answer in lookup.Answers)
        {
            if (answer.StartsWith("CNAME ", StringComparison.Ordinal)) continue;
            record = answer;
            break;
        }

        if (record.StartsWith("CNAME ", StringComparison.Ordinal)) return Short(record);
        var end = record.IndexOf(';', StringComparison.Ordinal);
        return Short($"{lookup.Type} {(end < 0 ? record : record[..end])}");
    }

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
            if (answer.StartsWith("CNAME ", StringComparison.Ordinal)) facts.Add(new StepFact(Detail.Normal, "", answer));
            else if (!title.EndsWith(answer, StringComparison.Ordinal)) facts.Add(new StepFact(Detail.Full, "", answer));
        }

        if (lookup.Queries.Count == 0) facts.Add(new StepFact(Detail.Normal, "", lookup.Name));
        foreach (var unread in lookup.Unread) facts.Add(new StepFact(Detail.Normal, "", unread.Detail));
        return facts;
    }

    private static LookupStep Make(string title, Direction from, IReadOnlyList<NameLookup> lookups, FrameMark first, FrameMark last, bool isDeadEnd, IReadOnlyList<StepFact> facts) =>
        new(title, Text(lookups[0].Resolver), isDeadEnd, facts, lookups) { From = from, First = first, Last = last };

    private static string Text(IpEndpoint resolver) => resolver.Port == DnsPort.Dns ? resolver.Address.ToString() : resolver.ToString();

    // A stub resolver sends its questions for one name back to back; the shortest wait before it repeats one is a second.
    private static readonly Duration Together = Duration.FromMilliseconds(10);

    private const int LongestTitle = 60;

    // Questions looked at for one arrow; libraries send two or three.
    private const int MostTogether = 32;
}
