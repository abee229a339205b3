using System.Text;

namespace HandshakeToMermaid.Redaction;

/// <summary>Certificate authorities that everybody knows, from <c>PublicAuthorities.csv</c>: their names identify nobody.</summary>
internal static class PublicAuthorities
{
    /// <summary>True for the organization of a public authority, or its common name where it has no organization.</summary>
    public static bool Contains(string name) => Names.Value.Contains(name);

    private static HashSet<string> Read()
    {
        using var resource = typeof(PublicAuthorities).Assembly.GetManifestResourceStream("redaction/PublicAuthorities.csv")!;
        using var reader = new StreamReader(resource, Encoding.UTF8);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            var end = line.LastIndexOf(',');
            if (line.StartsWith('#') || end < 0) continue;
            names.Add(line[..end].Trim('"'));
        }

        return names;
    }

    private static readonly Lazy<HashSet<string>> Names = new(Read);
}
