using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>Draws what was asked and answered the same several times in a row once, with how often.</summary>
internal static class RepeatedQueries
{
    /// <summary>The steps with repetitions folded: a round is some questions and what was answered to them. The folded steps reach to the last round.</summary>
    public static IReadOnlyList<Step> Fold(List<DnsStep> steps)
    {
        if (steps.Count < FewestSteps) return steps;
        var rounds = RoundsOf(steps);
        if (rounds.Count >= FewestRounds && IsStorm(steps)) return Storm(steps);
        List<Step> folded = new(steps.Count);
        for (var i = 0; i < rounds.Count;)
        {
            var count = 1;
            while (i + count < rounds.Count && AreSame(steps, rounds[i], rounds[i + count])) count++;

            var isSilent = steps[rounds[i].Start].IsDeadEnd;
            if (count < (isSilent ? FewestSilentRounds : FewestRounds))
            {
                for (; count > 0; count--) folded.AddRange(Of(steps, rounds[i++]));
                continue;
            }

            for (var j = 0; j < rounds[i].Length; j++)
            {
                var first = steps[rounds[i].Start + j];
                folded.Add(first.Repeated(first.Title, [.. rounds.GetRange(i, count).Select(r => steps[r.Start + j])], count));
            }

            i += count;
        }

        return folded;
    }

    /// <summary>True where every answer to one name was the same refusal, whatever the order: browsers ask for several types from several places at once.</summary>
    private static bool IsStorm(List<DnsStep> steps)
    {
        DnsStep question = steps[0], answer = steps.Find(static s => s.From == Direction.Reverse) ?? question;
        if (question.From != Direction.Forward || answer == question || answer.Queries[0] is not { IsFailure: true, Truncated.IsSet: false }) return false;
        return steps.TrueForAll(s => s.Helper == question.Helper && !s.IsDeadEnd && DnsName.Comparer.Equals(s.Queries[0].Name, question.Queries[0].Name)
            && (s.From == Direction.Forward ? s.Queries[0].Transport == question.Queries[0].Transport : s.Title == answer.Title && s.Queries[0].ExtendedErrors.Count == 0));
    }

    private static Step[] Storm(List<DnsStep> steps)
    {
        List<DnsStep> questions = steps.FindAll(static s => s.From == Direction.Forward), answers = steps.FindAll(static s => s.From == Direction.Reverse);
        return [questions[0].Repeated(TypesOf(questions), questions, questions.Sum(static q => q.Queries.Count)), answers[0].Repeated(answers[0].Title, answers, answers.Count)];
    }

    private static string TypesOf(List<DnsStep> questions) => $"{string.Join(", ", questions.SelectMany(static q => q.Queries).Select(static l => l.Type).Distinct())} query";

    private static IEnumerable<DnsStep> Of(List<DnsStep> steps, (int Start, int Length) round) => steps.GetRange(round.Start, round.Length);

    /// <summary>A round begins with the question behind an answer, or behind a question that had none.</summary>
    private static List<(int Start, int Length)> RoundsOf(List<DnsStep> steps)
    {
        List<(int Start, int Length)> rounds = [];
        var start = 0;
        for (var i = 1; i < steps.Count; i++)
        {
            var isNew = steps[i].From == Direction.Forward && (steps[i - 1].From == Direction.Reverse || steps[i - 1].IsDeadEnd);
            if (!isNew) continue;
            rounds.Add((start, i - start));
            start = i;
        }

        rounds.Add((start, steps.Count - start));
        return rounds;
    }

    private static bool AreSame(List<DnsStep> steps, (int Start, int Length) left, (int Start, int Length) right)
    {
        if (left.Length != right.Length) return false;
        for (var i = 0; i < left.Length; i++)
        {
            if (!steps[left.Start + i].IsSameAs(steps[right.Start + i])) return false;
        }

        return true;
    }

    /// <summary>Two are as short as one and its number.</summary>
    private const int FewestRounds = 3;

    /// <summary>Questions without an answer: how long each waited is worth an arrow.</summary>
    private const int FewestSilentRounds = 6;

    private const int FewestSteps = 3;
}
