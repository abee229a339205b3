namespace HandshakeToMermaid.Comparison;

/// <summary>
/// Finds for each step of one run its counterpart in the other: the alignment of two sequences with the highest score (Needleman-Wunsch),
/// where the same message of the same side counts most, and another message of that side in the same phase a little.
/// </summary>
internal static class StepAlignment
{
    /// <summary>Both sequences in order; a step without a counterpart stands alone.</summary>
    public static List<(ComparedStep? Good, ComparedStep? Bad)> Of(IReadOnlyList<ComparedStep> good, IReadOnlyList<ComparedStep> bad)
    {
        var scores = Scores(good, bad);
        var aligned = new List<(ComparedStep? Good, ComparedStep? Bad)>(Math.Max(good.Count, bad.Count));
        var (i, j) = (0, 0);
        while (i < good.Count || j < bad.Count)
        {
            if (i < good.Count && j < bad.Count && Likeness(good[i], bad[j]) is var likeness and > 0 && scores[i, j] == scores[i + 1, j + 1] + likeness) aligned.Add((good[i++], bad[j++]));
            else if (i < good.Count && scores[i, j] == scores[i + 1, j] && !IsRepair(j, bad, scores[i, j] == scores[i, Math.Min(j + 1, bad.Count)])) aligned.Add((good[i++], null));
            else aligned.Add((null, bad[j++]));
        }

        return aligned;
    }

    /// <summary>A loss of the bad run stands before what the good run could send and the bad one could not.</summary>
    private static bool IsRepair(int at, IReadOnlyList<ComparedStep> bad, bool mayStandAlone) => mayStandAlone && at < bad.Count && bad[at].Step.IsRecovery;

    /// <summary>The best score of what follows each pair of positions.</summary>
    private static int[,] Scores(IReadOnlyList<ComparedStep> good, IReadOnlyList<ComparedStep> bad)
    {
        var scores = new int[good.Count + 1, bad.Count + 1];
        for (var i = good.Count - 1; i >= 0; i--)
        {
            for (var j = bad.Count - 1; j >= 0; j--)
            {
                var likeness = Likeness(good[i], bad[j]);
                scores[i, j] = Math.Max(Math.Max(scores[i + 1, j], scores[i, j + 1]), likeness > 0 ? scores[i + 1, j + 1] + likeness : 0);
            }
        }

        return scores;
    }

    private static int Likeness(ComparedStep good, ComparedStep bad)
    {
        if (good.Side != bad.Side || good.Step.IsRecovery != bad.Step.IsRecovery) return 0;
        if (good.Step.Title == bad.Step.Title) return SameMessage;
        return good.Step.Phase == bad.Step.Phase && !good.Step.IsRecovery ? SamePlace : 0;
    }

    private const int SameMessage = 10;
    private const int SamePlace = 1;
}
