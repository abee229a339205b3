using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>A file of named texts that are reviewed like code; see <see cref="Golden"/>.</summary>
internal sealed partial class ReviewedText(string name)
{
    private readonly string path = Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Diagnosis", "Words", name);
    private Dictionary<string, string>? texts;

    /// <summary>Holds one text against the file.</summary>
    public void Verify(string label, string actual)
    {
        if (Golden.IsUpdating) return;
        Assert.Equal(Texts.GetValueOrDefault(label, ""), actual);
    }

    /// <summary>Holds a line against those of one text.</summary>
    public void VerifyLine(string label, string actual)
    {
        if (!Golden.IsUpdating) Assert.Contains(actual, Texts.GetValueOrDefault(label, "").Split('\n'));
    }

    /// <summary>Holds the labels against those of the file, and rewrites it with UPDATE_EXPECTED=1.</summary>
    public void VerifyAll(IEnumerable<string> labels, Func<string, string> textOf)
    {
        var ordered = labels.Order(StringComparer.Ordinal).ToList();
        if (Golden.IsUpdating) File.WriteAllText(path, string.Concat(ordered.Select(l => $"== {l}\n{textOf(l)}\n")));
        else Assert.Equal(Texts.Keys.Order(StringComparer.Ordinal), ordered);
    }

    private Dictionary<string, string> Texts => texts ??= Section().Matches(File.ReadAllText(path).ReplaceLineEndings("\n"))
        .ToDictionary(match => match.Groups["label"].Value, match => match.Groups["text"].Value);

    [GeneratedRegex(@"^== (?<label>.*)\n(?<text>((?!== ).+\n)*)\n", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Section();
}
