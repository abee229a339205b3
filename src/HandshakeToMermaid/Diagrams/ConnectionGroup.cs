using HandshakeToMermaid.Diagnosis;

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
    public string Repeats => IsFolded
        ? $"x {Members.Count}, {Clock(Members[0])} to {Clock(Members[^1])}"
        : "";

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

    private static string Clock(DiagnosedConnection connection) => connection.Connection.First.Time.ToString()[11..23];

    /// <summary>Two of a kind are shown side by side; from three on they are a repetition.</summary>
    private const int FewestToFold = 3;
}
