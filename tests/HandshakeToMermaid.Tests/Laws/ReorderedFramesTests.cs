namespace HandshakeToMermaid.Tests.Laws;

/// <summary>The law of <see cref="Forwards"/> where the network, or the capture, brought frames in another order.</summary>
public sealed class ReorderedFramesTests
{
    [Theory]
    [InlineData("tls13-success")]
    [InlineData("tls12-success")]
    [InlineData("tls13-0rtt")]
    [InlineData("mutual-tls12")]
    [InlineData("http2")]
    [InlineData("expired-certificate")]
    [InlineData("server-silent")]
    [InlineData("starttls-smtp")]
    [InlineData("dtls12-success")]
    [InlineData("happy-eyeballs")]
    public void Time_goes_forwards_whatever_order_frames_come_in(string name) => Holds(LawCaptures.Sample(name));

    [Fact]
    public void Time_goes_forwards_in_played_captures_whatever_order_frames_come_in() => Assert.All(LawCaptures.Generated(), Holds);

    private static void Holds(MemoryCapture capture)
    {
        for (var seed = 0; seed < 6; seed++)
        {
            var reordered = Reorder(capture, new Random(seed));
            foreach (var keyLog in new[] { [], capture.KeyLog })
            {
                foreach (var way in Enum.GetValues<WayOfReading>()) Assert.Equal("", string.Join("\n", Violations(reordered, keyLog, way)));
            }
        }
    }

    private static List<string> Violations(MemoryCapture capture, byte[] keyLog, WayOfReading way) =>
        [.. Forwards.Violations(capture.Read(keyLog, way)).Where(v => !v.Contains("answer", StringComparison.Ordinal) && !v.Contains("timeline", StringComparison.Ordinal) && !v.Contains("overview", StringComparison.Ordinal))];

    /// <summary>Frames change places with others near them; the times stay with the places. An answer may then really come before its question.</summary>
    private static MemoryCapture Reorder(MemoryCapture capture, Random random)
    {
        var places = Enumerable.Range(0, capture.Frames.Count).OrderBy(i => i + random.Next(4)).ToList();
        return capture with { Frames = [.. places.Select((from, to) => capture.Frames[from] with { Number = capture.Frames[to].Number, Time = capture.Frames[to].Time })] };
    }
}
