namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The law of <see cref="Forwards"/>, with keys and without.</summary>
public sealed class ForwardsTests
{
    public static TheoryData<string> Samples => [.. LawCaptures.SampleNames];

    public static TheoryData<string> Everyday => LawCaptures.EverydayOrAbsent;

    public static TheoryData<string> Foreign => LawCaptures.ForeignOrAbsent;

    [Theory]
    [MemberData(nameof(Samples))]
    public void Time_goes_forwards_in_a_sample(string name) => Holds(LawCaptures.Sample(name));

    [SkippableTheory]
    [MemberData(nameof(Everyday))]
    public void Time_goes_forwards_in_an_everyday_capture(string name) => Holds(LawCaptures.Shared(name));

    [SkippableTheory]
    [MemberData(nameof(Foreign))]
    public void Time_goes_forwards_in_a_foreign_capture(string name) => Holds(LawCaptures.Shared(name));

    [Fact]
    public void Time_goes_forwards_in_a_played_handshake() => Assert.All(LawCaptures.Generated(), Holds);

    private static void Holds(MemoryCapture capture)
    {
        Assert.Empty(Forwards.Violations(capture.Read()));
        if (capture.KeyLog.Length > 0) Assert.Empty(Forwards.Violations(capture.Read(capture.KeyLog)));
    }
}
