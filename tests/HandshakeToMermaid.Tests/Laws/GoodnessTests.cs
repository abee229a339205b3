namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The law of <see cref="Goodness"/>, with keys and without.</summary>
public sealed class GoodnessTests
{
    public static TheoryData<string> Samples => [.. LawCaptures.SampleNames];

    public static TheoryData<string> Everyday => LawCaptures.EverydayOrAbsent;

    public static TheoryData<string> Foreign => LawCaptures.ForeignOrAbsent;

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_good_connection_of_a_sample_has_no_error(string name) => Holds(LawCaptures.Sample(name));

    [SkippableTheory]
    [MemberData(nameof(Everyday))]
    public void A_good_connection_of_an_everyday_capture_has_no_error(string name) => Holds(LawCaptures.Shared(name));

    [SkippableTheory]
    [MemberData(nameof(Foreign))]
    public void A_good_connection_of_a_foreign_capture_has_no_error(string name) => Holds(LawCaptures.Shared(name));

    [Fact]
    public void A_good_connection_that_is_played_has_no_error() => Assert.All(LawCaptures.Generated(), Holds);

    private static void Holds(MemoryCapture capture)
    {
        Assert.Empty(Goodness.Violations(capture.Read()));
        if (capture.KeyLog.Length > 0) Assert.Empty(Goodness.Violations(capture.Read(capture.KeyLog)));
    }
}
