using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Tests.Diagnosis.Words;

/// <summary>
/// Everything that is found in samples and in played captures, word for word: findings in their order, with severity, confidence, evidence and the step they
/// are drawn at, and the checks. The two files beside this one are reviewed like code.
/// </summary>
public sealed class WordsOfFindingsTests(JudgedCaptures captures) : IClassFixture<JudgedCaptures>
{
    private static readonly ReviewedText Findings = new("findings.txt");
    private static readonly ReviewedText Aliases = new("aliases.txt");

    public static TheoryData<string> Labels
    {
        get
        {
            using var captures = new JudgedCaptures();
            return [.. captures.All.Keys];
        }
    }

    [Theory]
    [MemberData(nameof(Labels))]
    public void What_is_found_in_a_capture_is_worded_as_reviewed(string label)
    {
        var judged = captures.All[label]();
        Findings.Verify(label, FindingText.Of(judged));
        Assert.All(judged.SelectMany(j => j.Findings), f => Aliases.VerifyLine(f.Code, Line(f)));
    }

    [Fact]
    public void Each_text_that_was_reviewed_is_still_used()
    {
        Findings.VerifyAll(captures.All.Keys, label => FindingText.Of(captures.All[label]()));
        if (!Golden.IsUpdating) return;
        var byCode = captures.All.Values.SelectMany(read => read()).SelectMany(j => j.Findings).ToLookup(f => f.Code);
        Aliases.VerifyAll(byCode.Select(g => g.Key), code => string.Concat(byCode[code].Select(f => Line(f) + "\n").Distinct().Order(StringComparer.Ordinal)));
    }

    private static string Line(Finding finding) => string.Join(" | ", finding.Aliases);
}
