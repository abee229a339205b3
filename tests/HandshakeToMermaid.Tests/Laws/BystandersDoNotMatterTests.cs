namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The law of <see cref="BystandersDoNotMatter"/>.</summary>
public sealed class BystandersDoNotMatterTests
{
    public static TheoryData<string> Samples => [.. LawCaptures.SampleNames];

    public static TheoryData<string> Everyday => LawCaptures.EverydayOrAbsent;

    public static TheoryData<string> Foreign => LawCaptures.ForeignOrAbsent;

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_says_the_same_in_a_crowd(string name) => Holds(LawCaptures.Sample(name));

    [SkippableTheory]
    [MemberData(nameof(Everyday))]
    public void An_everyday_capture_says_the_same_in_a_crowd(string name) => Holds(LawCaptures.Shared(name));

    [SkippableTheory]
    [MemberData(nameof(Foreign))]
    public void A_foreign_capture_says_the_same_in_a_crowd(string name) => Holds(LawCaptures.Shared(name));

    [Fact]
    public void A_played_handshake_says_the_same_in_a_crowd() => Assert.All(LawCaptures.Generated(), Holds);

    private static void Holds(MemoryCapture capture)
    {
        var alone = capture.Read(capture.KeyLog);
        Assert.Empty(BystandersDoNotMatter.Crowds(capture, alone, LawCaptures.Sample("happy-eyeballs"))
            .SelectMany(crowd => BystandersDoNotMatter.Violations(alone, crowd.Among, capture.KeyLog).Select(violation => $"{crowd.What}: {violation}")));
    }
}
