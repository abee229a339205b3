using System.Globalization;
using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Tests.Architecture;

/// <summary>The table of what goes around the runtime's checks, against the sources.</summary>
public sealed partial class UncheckedMemoryTests
{
    [Fact]
    public void Every_use_is_in_the_table_with_a_bound_and_a_test()
    {
        var rows = Row().Matches(File.ReadAllText(Checkout.PathOf("src", "decisions", "security", "unchecked-memory.md")))
            .ToDictionary(static m => m.Groups["file"].Value, static m => m, StringComparer.Ordinal);
        var sources = Directory.EnumerateFiles(Checkout.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Select(static f => (Name: Path.GetRelativePath(Checkout.PathOf("src"), f).Replace('\\', '/'), Uses: UsesIn(f)))
            .Where(static f => f.Uses.Length > 0 && !f.Name.Contains("/obj/", StringComparison.Ordinal))
            .ToDictionary(static f => f.Name, static f => f.Uses, StringComparer.Ordinal);
        Assert.Equal(sources.Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(sources, s => Assert.Equal((s.Key, s.Value), (s.Key, rows[s.Key].Groups["uses"].Value)));
        var tests = Directory.EnumerateFiles(Checkout.PathOf("tests"), "*.cs", SearchOption.AllDirectories).Select(static f => Path.GetFileNameWithoutExtension(f)).ToHashSet(StringComparer.Ordinal);
        Assert.All(rows.Values, r => Assert.Contains(r.Groups["test"].Value, tests));
    }

    private static string UsesIn(string path)
    {
        var code = Comment().Replace(File.ReadAllText(path), "");
        return string.Join(", ", Kinds.Select(k => (k.Name, Regex.Count(code, k.Pattern, RegexOptions.None, TimeSpan.FromSeconds(10)))).Where(static k => k.Item2 > 0)
            .Select(static k => string.Create(CultureInfo.InvariantCulture, $"{k.Name} {k.Item2}")));
    }

    private static readonly (string Name, string Pattern)[] Kinds =
        [("unsafe", @"\bunsafe\b"), ("stackalloc", @"\bstackalloc\b"), ("MemoryMarshal", @"\bMemoryMarshal\."), ("Unsafe", @"\bUnsafe\.")];

    [GeneratedRegex(@"//.*", RegexOptions.None, 10_000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\| (?<file>\S+\.cs) \| (?<uses>[^|]+) \| (?<bound>[^|]+) \| (?<test>\w+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Row();
}
