namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The law of <see cref="LossIsSaid"/>, with keys and without, for streams that are read as they come and for those that are read when they are over.</summary>
public sealed class LossIsSaidTests
{
    public static TheoryData<string> Samples => [.. LawCaptures.SampleNames];

    public static TheoryData<string> Everyday => LawCaptures.EverydayOrAbsent;

    public static TheoryData<string> Foreign => LawCaptures.ForeignOrAbsent;

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_loss_in_a_sample_becomes_an_error(string name) => Holds(LawCaptures.Sample(name), losses: 400);

    [SkippableTheory]
    [MemberData(nameof(Everyday))]
    public void No_loss_in_an_everyday_capture_becomes_an_error(string name) => Holds(LawCaptures.Shared(name), losses: 60);

    [SkippableTheory]
    [MemberData(nameof(Foreign))]
    public void No_loss_in_a_foreign_capture_becomes_an_error(string name) => Holds(LawCaptures.Shared(name), losses: 60);

    [Fact]
    public void No_loss_in_a_played_handshake_becomes_an_error() => Assert.All(LawCaptures.Generated(), capture => Holds(capture, losses: 400));

    /// <summary>Of longer captures every so manyth loss is tried; of the captures beside this repository, which are many, a sixth of what a sample gets. The quick set tries a quarter of them.</summary>
    private static void Holds(MemoryCapture capture, int losses)
    {
        var stride = Math.Max(1, (TestSet.IsAll ? 4 : 16) * capture.Frames.Count / losses);
        foreach (var way in Enum.GetValues<WayOfReading>()) Holds(capture, [], way, stride);
        if (capture.KeyLog.Length > 0) Holds(capture, capture.KeyLog, WayOfReading.WhenOver, stride);
    }

    private static void Holds(MemoryCapture capture, byte[] keyLog, WayOfReading way, int stride)
    {
        var whole = capture.Read(keyLog, way);
        Assert.Empty(LossIsSaid.Losses(capture, stride).SelectMany(loss => LossIsSaid.Violations(whole, loss.Left, keyLog, way).Select(violation => $"{way}, {loss.What}: {violation}")));
    }
}
