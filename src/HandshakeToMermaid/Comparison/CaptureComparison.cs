using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Comparison;

/// <summary>The connections of two captures, each beside its counterpart.</summary>
/// <param name="Pairs">The pairs in the order of the good capture; there is at least one.</param>
/// <param name="OnlyGood">Connections of the good capture without a counterpart.</param>
/// <param name="OnlyBad">Connections of the bad capture without a counterpart.</param>
/// <param name="Remarks">How connections were paired where it is not evident, a sentence each.</param>
internal sealed record CaptureComparison(IReadOnlyList<ConnectionComparison> Pairs, IReadOnlyList<DiagnosedConnection> OnlyGood, IReadOnlyList<DiagnosedConnection> OnlyBad, IReadOnlyList<string> Remarks)
{
    /// <summary>Connections without a counterpart, those of the good capture first.</summary>
    public IReadOnlyList<DiagnosedConnection> Unpaired => [.. OnlyGood, .. OnlyBad];

    /// <summary>True where every connection has its counterpart and differs from it in nothing.</summary>
    public bool IsSame => Unpaired.Count == 0 && Pairs.All(p => p.IsSame);

    /// <summary>
    /// Pairs connections by the name of the server, in the order in which they began; what is left by order alone where one capture has one connection left.
    /// </summary>
    /// <param name="good">The connections of the good capture, at least one.</param>
    /// <param name="bad">Those of the bad one, at least one.</param>
    public static CaptureComparison Of(IReadOnlyList<DiagnosedConnection> good, IReadOnlyList<DiagnosedConnection> bad)
    {
        var left = new List<DiagnosedConnection>(bad);
        var pairs = new List<(DiagnosedConnection Good, DiagnosedConnection Bad)>();
        var unpaired = new List<DiagnosedConnection>();
        foreach (var one in good)
        {
            var counterpart = left.FindIndex(other => NameOf(other) == NameOf(one));
            if (counterpart < 0)
            {
                unpaired.Add(one);
                continue;
            }

            pairs.Add((one, left[counterpart]));
            left.RemoveAt(counterpart);
        }

        var remarks = new List<string>();
        if ((unpaired.Count, left.Count) is (1, > 0) or (> 0, 1))
        {
            pairs.Add((unpaired[0], left[0]));
            if (good.Count > 1 || bad.Count > 1) remarks.Add($"{NameOf(unpaired[0])} and {NameOf(left[0])} are compared because no connection of the same name is left.");
            unpaired.RemoveAt(0);
            left.RemoveAt(0);
        }

        if (pairs.Count == 0)
        {
            pairs.Add((unpaired[0], left[0]));
            remarks.Add("No names agree: the first connections are compared.");
            unpaired.RemoveAt(0);
            left.RemoveAt(0);
        }

        return new CaptureComparison([.. pairs.Select(p => ConnectionComparer.Compare(p.Good, p.Bad))], unpaired, left, remarks);
    }

    private static string NameOf(DiagnosedConnection diagnosed) => diagnosed.Connection.Server.Name ?? diagnosed.Connection.Server.Endpoint?.ToString() ?? "";
}
