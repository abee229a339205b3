using System.Runtime.InteropServices;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Diagrams;

/// <summary>
/// Connections that are to be shown together. Only those that may be drawn are stored whole: the first of each group with the same
/// sequence, up to the number that is drawn at most. Of the others only what a row and the time axis need is stored, so that a capture
/// of a million connections is drawn in little memory.
/// </summary>
/// <param name="drawn">How many are drawn at most; null to keep all whole.</param>
/// <param name="foldsRepetitions">True where a repetition is never drawn beside the first of its kind, however few there are.</param>
internal sealed class GatheredConnections(int? drawn, bool foldsRepetitions = false)
{
    private readonly List<DiagnosedConnection> all = [];
    private readonly Dictionary<string, int> signatures = [];
    private readonly Dictionary<(bool IsFailed, bool HasFindings), int> whole = [];

    /// <summary>What was gathered, in the order in which it came.</summary>
    public IReadOnlyList<DiagnosedConnection> All => all;

    /// <summary>Takes the next.</summary>
    public void Add(DiagnosedConnection connection)
    {
        all.Add(drawn is not { } most || IsKeptWhole(connection, most) ? connection : new DiagnosedConnection(connection.Connection.Brief(), connection.Findings));
    }

    private bool IsKeptWhole(DiagnosedConnection connection, int most)
    {
        ref var before = ref CollectionsMarshal.GetValueRefOrAddDefault(signatures, ConnectionGroup.Signature(connection), out _);
        before++;
        if (foldsRepetitions) return before < ConnectionGroup.FewestToFold && IsLikelyDrawn(connection, most);
        return all.Count - most < Spare || (before == 1 && IsLikelyDrawn(connection, most));
    }

    /// <summary>Failures are drawn before all others, then what something was found about, each in the order in which they began.</summary>
    private bool IsLikelyDrawn(DiagnosedConnection connection, int most)
    {
        var rank = (connection.IsFailed, connection.Findings.Count > 0);
        var before = whole.GetValueOrDefault(rank);
        whole[rank] = before + 1;
        return before - most < Spare;
    }

    /// <summary>How many more are stored whole: some may turn out to be attempts that are drawn with others.</summary>
    private const int Spare = 1000;
}
