using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction;

/// <summary>Looks for the originals that no search of a text can tell from this program's own words, field by field: short ones, numbers, a host called "server".</summary>
internal static class FieldCheck
{
    /// <summary>The kind of the first original that is a whole field of a redacted connection; null where there is none.</summary>
    public static OriginalKind? Find(Connection redacted, IReadOnlyList<Original> originals, Pseudonyms pseudonyms)
    {
        var ordinary = new Dictionary<string, OriginalKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var original in originals)
        {
            if (!OwnWords.IsDistinctive(original.Text) && !pseudonyms.IsIssued(original.Text)) ordinary.TryAdd(original.Text, original.Kind);
        }

        if (ordinary.Count == 0) return null;
        foreach (var field in Fields(redacted))
        {
            if (field is not null && ordinary.TryGetValue(field, out var kind)) return kind;
        }

        return null;
    }

    private static IEnumerable<string?> Fields(Connection connection) =>
    [
        connection.Client.Name, connection.Server.Name, connection.Client.Endpoint?.Address.ToString(), connection.Server.Endpoint?.Address.ToString(),
        .. connection.Facts.Select(f => f.ServerName), .. connection.Queries.Select(q => q.Name), .. connection.Queries.SelectMany(q => q.Answers),
        .. connection.Steps.SelectMany(s => s.Facts()).Select(f => f.Text), .. connection.Steps.Select(s => s.Helper),
    ];
}
