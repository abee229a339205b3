using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Laws;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>How long a silence was watched: until the last frame of the capture, whatever it holds, and no longer than a connection is followed.</summary>
public sealed class SilenceTests
{
    [Theory]
    [InlineData(0.5, false, null)]
    [InlineData(30, true, 30_000.0)]
    [InlineData(299, true, 299_000.0)]
    [InlineData(400, true, 300_000.0)]
    public void A_frame_that_is_not_read_shows_how_long_a_SYN_was_unanswered(double seconds, bool isFailed, double? total)
    {
        var whole = MemoryCapture.Of("syn-unanswered", Checkout.PathOf("samples", "syn-unanswered", "capture.pcap"));
        var syn = whole.Frames[2];
        var unread = syn with { Number = 2, Time = syn.Time + Duration.FromMilliseconds(1000 * seconds), Data = [.. syn.Data[..12], 0x08, 0x06, .. new byte[46]] };
        var capture = whole with { Frames = [syn with { Number = 1 }, unread] };

        foreach (var way in Enum.GetValues<WayOfReading>())
        {
            var found = Assert.Single(capture.Read(way));
            Assert.Equal((isFailed, isFailed ? OutcomeClass.TcpTimeout : OutcomeClass.Incomplete), (found.IsFailed, found.Connection.Outcome.Class));
            Assert.Equal(total, found.Connection.Timing.Total?.Milliseconds);
        }
    }
}
