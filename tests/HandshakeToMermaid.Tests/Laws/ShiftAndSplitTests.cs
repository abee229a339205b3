namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The law of <see cref="ShiftAndSplit"/>.</summary>
public sealed class ShiftAndSplitTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("h2m-laws-");

    public static TheoryData<string> Samples => [.. LawCaptures.SampleNames];

    public static TheoryData<string> Everyday => LawCaptures.EverydayOrAbsent;

    public static TheoryData<string> Foreign => LawCaptures.ForeignOrAbsent;

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_says_the_same_at_another_time_and_in_another_form(string name) => Holds(LawCaptures.Sample(name));

    [SkippableTheory]
    [MemberData(nameof(Everyday))]
    public void An_everyday_capture_says_the_same_at_another_time_and_in_another_form(string name)
    {
        TestSet.NeedsAll("everyday captures in another form");
        Holds(LawCaptures.Shared(name));
    }

    [SkippableTheory]
    [MemberData(nameof(Foreign))]
    public void A_foreign_capture_says_the_same_at_another_time_and_in_another_form(string name) => Holds(LawCaptures.Shared(name));

    [Fact]
    public void A_played_handshake_says_the_same_at_another_time_and_in_another_form() => Assert.All(LawCaptures.Generated(), Holds);

    public void Dispose() => folder.Delete(recursive: true);

    private void Holds(MemoryCapture capture) => Assert.Empty(ShiftAndSplit.Violations(capture, folder.FullName));
}
