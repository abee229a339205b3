namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The law of <see cref="KnowledgeIsMonotone"/>, from no keys to some and from some to all.</summary>
public sealed class KnowledgeIsMonotoneTests
{
    public static TheoryData<string> Samples => [.. LawCaptures.SampleNames.Where(name => LawCaptures.Sample(name).KeyLog.Length > 0)];

    public static TheoryData<string> Everyday => LawCaptures.EverydayOrAbsent;

    public static TheoryData<string> Foreign => LawCaptures.ForeignOrAbsent;

    [Theory]
    [MemberData(nameof(Samples))]
    public void Keys_of_a_sample_contradict_nothing(string name) => Holds(LawCaptures.Sample(name));

    [SkippableTheory]
    [MemberData(nameof(Everyday))]
    public void Keys_of_an_everyday_capture_contradict_nothing(string name) => Holds(LawCaptures.Shared(name));

    [SkippableTheory]
    [MemberData(nameof(Foreign))]
    public void Keys_of_a_foreign_capture_contradict_nothing(string name) => Holds(LawCaptures.Shared(name));

    private static void Holds(MemoryCapture capture)
    {
        if (capture.KeyLog.Length == 0) return;
        var none = capture.Read();
        var all = capture.Read(capture.KeyLog);
        Assert.Empty(KnowledgeIsMonotone.Violations(none, all));
        foreach (var (what, keyLog) in KnowledgeIsMonotone.Parts(capture.KeyLog))
        {
            var some = capture.Read(keyLog);
            Assert.Empty(KnowledgeIsMonotone.Violations(none, some).Select(violation => $"{what}: {violation}"));
            Assert.Empty(KnowledgeIsMonotone.Violations(some, all).Select(violation => $"{what}, then all: {violation}"));
        }
    }
}
