using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Comparisons;

/// <summary>Differences of two runs in words.</summary>
internal static class DifferenceText
{
    /// <summary>"ClientHello: ALPN h2 http/1.1 → http/1.1".</summary>
    public static string Sentence(Difference difference) => VisibleText.Of(difference.Kind switch
    {
        DifferenceKind.Replaced => $"{difference.Good[0]} → {difference.Bad[0]}",
        DifferenceKind.OnlyGood => $"{difference.Place} is missing in the bad run",
        DifferenceKind.OnlyBad => $"{difference.Place} is in the bad run only",
        DifferenceKind.Order => $"{difference.Place}: {difference.Field} in another order",
        _ => $"{difference.Place}: {difference.Field} {Good(difference)} → {Bad(difference)}",
    });

    /// <summary>What is seen in the good run, the first values of many, each of so many characters at most.</summary>
    public static string Good(Difference difference, int most = MostShown, int longest = LongestValue) => Side(difference, difference.Good, difference.Bad, most, longest);

    /// <summary>What is seen in the bad run, the first values of many, each of so many characters at most.</summary>
    public static string Bad(Difference difference, int most = MostShown, int longest = LongestValue) => Side(difference, difference.Bad, difference.Good, most, longest);

    /// <summary>A few values whole; of many those by which the runs differ.</summary>
    private static string Side(Difference difference, IReadOnlyList<string> values, IReadOnlyList<string> others, int most, int longest)
    {
        if (values.Count == 0) return difference.Kind is DifferenceKind.OnlyGood or DifferenceKind.OnlyBad ? Sign.NotChecked : "none";
        if (difference.Kind == DifferenceKind.Order) return Shown(values, most, longest);
        if (values.Count <= Whole && others.Count <= Whole) return Shown(values, Whole, longest);
        var own = values.Except(others, StringComparer.Ordinal).ToList();
        if (own.Count == 0) return $"without {Shown([.. others.Except(values, StringComparer.Ordinal)], most, longest)}";
        return own.Count == values.Count ? Shown(values, most, longest) : $"also {Shown(own, most, longest)}";
    }

    private static string Shown(IReadOnlyList<string> values, int most, int longest)
    {
        var text = string.Join(", ", values.Take(most).Select(v => TextWidth.Shorten(v, longest)));
        return VisibleText.Of(values.Count <= most ? text : $"{text} and {values.Count - most} more");
    }

    private const int Whole = 3;
    private const int MostShown = 4;

    /// <summary>Characters: the longest names of cipher suites are shorter, fingerprints are not.</summary>
    private const int LongestValue = 56;
}
