using System.Globalization;
using System.Text;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams;

/// <summary>Connections with the same sequence: the same server, the same handshake, the same end. One is drawn for all.</summary>
/// <param name="Members">Its connections in the order in which they began.</param>
internal sealed record ConnectionGroup(IReadOnlyList<DiagnosedConnection> Members)
{
    /// <summary>The one that stands for all: the first.</summary>
    public DiagnosedConnection First => Members[0];

    /// <summary>True where it stands for more than itself.</summary>
    public bool IsFolded => Members.Count > 1;

    /// <summary>"x 400, 12:00:00.120 to 12:04:13.004"; empty where there is one.</summary>
    public string Repeats => IsFolded ? $"x {Members.Count}, {Clocks}" : "";

    /// <summary>"12:00:00.120 to 12:04:13.004", when the first and the last of them began.</summary>
    public string Clocks => $"{Clock(Members[0])} to {Clock(Members[^1])}";

    /// <summary>The numbers of its connections in the list: "4, 5" or "1-3, 7, 9-40 and 12 more".</summary>
    public string Numbers
    {
        get
        {
            var text = new StringBuilder();
            var runs = 0;
            for (var i = 0; i < Members.Count; runs++)
            {
                var end = i;
                while (end + 1 < Members.Count && Members[end + 1].Connection.Id == Members[end].Connection.Id + 1) end++;
                if (runs == MaxRuns) return text.Append(CultureInfo.InvariantCulture, $" and {Members.Count - i} more").ToString();
                if (runs > 0) text.Append(", ");
                text.Append(Members[i].Connection.Id);
                if (end > i) text.Append(end == i + 1 ? ", " : "-").Append(Members[end].Connection.Id);
                i = end + 1;
            }

            return text.ToString();
        }
    }

    /// <summary>Folds repetitions where they are many enough to hide the rest; otherwise each stays for itself. Ordered by first appearance.</summary>
    public static IReadOnlyList<ConnectionGroup> Fold(IReadOnlyList<DiagnosedConnection> connections)
    {
        var groups = new Dictionary<string, List<DiagnosedConnection>>();
        foreach (var connection in connections)
        {
            var signature = Signature(connection);
            if (!groups.TryGetValue(signature, out var members)) groups[signature] = members = [];
            members.Add(connection);
        }
        var folded = new List<ConnectionGroup>(groups.Count);
        foreach (var members in groups.Values)
        {
            if (members.Count >= FewestToFold || (members.Count > 1 && members.Exists(m => m.Connection.IsBrief))) folded.Add(new ConnectionGroup(members));
            else folded.AddRange(members.Select(m => new ConnectionGroup([m])));
        }
        return [.. folded.OrderBy(g => g.First.Connection.Id)];
    }

    /// <summary>
    /// Folds further for a picture that has one line for each: neighbours with the same sequence, and names whose resolution failed alike,
    /// since a resolver that refuses one refuses all.
    /// </summary>
    public static IReadOnlyList<ConnectionGroup> FoldNeighbours(IReadOnlyList<ConnectionGroup> groups)
    {
        var storms = groups.Where(g => IsUnresolved(g.First)).GroupBy(g => StormOf(g.First)).Where(s => s.Sum(g => g.Members.Count) >= FewestToFold).ToDictionary(s => s.Key, s => s.ToList());
        var folded = new List<ConnectionGroup>(groups.Count);
        foreach (var group in groups)
        {
            if (IsUnresolved(group.First) && storms.TryGetValue(StormOf(group.First), out var storm))
            {
                if (ReferenceEquals(group, storm[0])) folded.Add(new ConnectionGroup([.. storm.SelectMany(g => g.Members).OrderBy(m => m.Connection.Id)]));
            }
            else if (folded.Count > 0 && Signature(folded[^1].First) == Signature(group.First)) folded[^1] = new ConnectionGroup([.. folded[^1].Members, .. group.Members]);
            else folded.Add(group);
        }

        return folded;
    }

    /// <summary>What connections with the same sequence have in common.</summary>
    internal static string Signature(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        var span = connection.Handshake;
        return string.Join(
            '\n',
            connection.Transport,
            Headline.Server(connection),
            connection.Server.Endpoint?.ToString(),
            span?.Title,
            span is null ? null : string.Join(',', span.Marks),
            connection.Outcome.Class.Name,
            diagnosed.Findings is [var leading, ..] ? leading.Code : null);
    }

    /// <summary>True where a name could not be resolved, so that no connection came of it.</summary>
    private static bool IsUnresolved(DiagnosedConnection diagnosed) => diagnosed.IsFailed && diagnosed.Connection.Server.Endpoint is null;

    private static string StormOf(DiagnosedConnection diagnosed)
        => $"{diagnosed.Connection.Outcome.Class.Name}\n{(diagnosed.Findings is [var leading, ..] ? leading.Title : null)}";

    private static string Clock(DiagnosedConnection connection) => ClockText.Clock(connection.Connection.First.Time);

    /// <summary>Two of a kind are shown side by side; from three on they are a repetition.</summary>
    internal const int FewestToFold = 3;

    /// <summary>Runs of numbers that are named.</summary>
    private const int MaxRuns = 4;
}
