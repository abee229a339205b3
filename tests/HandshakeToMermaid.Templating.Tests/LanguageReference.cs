using System.Reflection;
using System.Text.Json;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Tests;

/// <summary>The examples of <c>templates/README.md</c>: its model, its includes, and the rows of its tables.</summary>
internal static class LanguageReference
{
    private static readonly string Text = File.ReadAllText(Path.Combine(
        typeof(LanguageReference).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!,
        "templates",
        "README.md"));

    public static IReadOnlyList<string[]> Rows { get; } = [.. Table(columns: 3)];

    public static MemoryTemplateSource Includes { get; } = new(Table(columns: 2).ToDictionary(row => row[0], row => row[1], StringComparer.Ordinal));

    public static ScriptObject Model()
    {
        var start = Text.IndexOf("```json", StringComparison.Ordinal) + "```json".Length;
        using var json = JsonDocument.Parse(Text[start..Text.IndexOf("```", start, StringComparison.Ordinal)]);
        return ScriptObject.FromJson(json.RootElement);
    }

    private static IEnumerable<string[]> Table(int columns)
    {
        var language = Text[Text.IndexOf("## The language", StringComparison.Ordinal)..];
        return from line in language.Split('\n')
               where line.StartsWith("| ", StringComparison.Ordinal)
               let cells = line.Replace("\\|", "\0", StringComparison.Ordinal).Split('|')[1..^1]
               where cells.Length == columns && cells[0].Trim() is not ("feature" or "file")
               select cells.Select(Content).ToArray();
    }

    private static string Content(string cell)
    {
        var content = cell.Trim();
        var fence = content.Length - content.TrimStart('`').Length;
        if (fence > 0 && content.EndsWith(new string('`', fence), StringComparison.Ordinal)) content = content[fence..^fence];
        return content.Replace('\0', '|').Replace("⏎", "\n", StringComparison.Ordinal);
    }
}
