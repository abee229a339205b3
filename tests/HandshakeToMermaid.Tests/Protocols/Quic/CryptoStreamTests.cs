using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Quic;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Protocols.Quic;

public sealed class CryptoStreamTests
{
    [Fact]
    public void A_message_names_the_latest_frame_of_its_pieces_and_the_time_at_which_all_were_there()
    {
        var bytes = TlsBytes.Message(11, TlsBytes.Fill(100)).Concat(TlsBytes.Message(15, TlsBytes.Fill(50))).ToArray();
        var stream = new CryptoStream(AnalyzerLimits.Default);
        Assert.Empty(stream.Take(60, bytes.AsMemory(60), At(4)));
        var messages = stream.Take(0, bytes.AsMemory(0, 60), At(9));

        // The second one lies in the earlier frame alone, and waited for the first one.
        Assert.Equal([(9, 9), (4, 4)], messages.Select(m => ((int)m.First.Frame, (int)m.Last.Frame)));
        Assert.All(messages, m => Assert.Equal(At(9).Time, m.Last.Time));
    }

    [Fact]
    public void A_message_whose_middle_came_last_ends_at_that_frame()
    {
        var bytes = TlsBytes.Message(11, TlsBytes.Fill(300));
        var stream = new CryptoStream(AnalyzerLimits.Default);
        Assert.Empty(stream.Take(0, bytes.AsMemory(0, 100), At(3)));
        Assert.Empty(stream.Take(200, bytes.AsMemory(200), At(4)));
        var message = Assert.Single(stream.Take(100, bytes.AsMemory(100, 100), At(7)));
        Assert.Equal((3, At(7)), ((int)message.First.Frame, message.Last));
    }

    private static FrameMark At(long frame) => new(frame, new Timestamp(frame * 1_000_000));
}
