using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Capture;

/// <summary>A frame with a wrong stamp ends no connection and lasts no decades.</summary>
public sealed class WildClockTests
{
    [Theory]
    [InlineData(1_500_000_000)]
    [InlineData(3_600)]
    [InlineData(-1_700_000_000)]
    public void One_frame_with_a_wild_time_changes_nothing_but_its_own_wait(int seconds)
    {
        var expected = Assert.Single(Reading.Of(Played(0, 0)).Connections).Connection;
        for (var frame = 1; frame < Frames - 1; frame++)
        {
            var connection = Assert.Single(Reading.Of(Played(frame, seconds)).Connections).Connection;
            Assert.Equal(expected.Outcome, connection.Outcome);
            Assert.Equal(expected.Steps.Select(s => s.Title), connection.Steps.Select(s => s.Title));

            // When the frame itself came nobody knows; it is not said to have come after the one before it.
            Assert.InRange(connection.Timing.Total!.Value.Nanoseconds, 0, expected.Timing.Total!.Value.Nanoseconds);
        }
    }

    [Theory]
    [InlineData(1_500_000_000)]
    [InlineData(-1_700_000_000)]
    public void One_frame_with_a_wild_time_is_put_right_live_as_in_a_file(int seconds)
    {
        for (var frame = 1; frame < Frames - 1; frame++)
        {
            var expected = Assert.Single(Reading.Of(Played(frame, seconds)).Connections).Connection;
            var live = new LiveLog();
            using (var source = new ScriptedLiveSource(Source(Played(frame, seconds)), new LivePace(IsQuietBetween: false))) new HandshakeAnalyzer().Watch(source, live);
            var connection = Assert.Single(live.InOrder()).Connection;
            Assert.Equal(expected.Outcome, connection.Outcome);
            Assert.Equal(expected.Steps.Select(s => (s.Title, s.Last)), connection.Steps.Select(s => (s.Title, s.Last)));
            Assert.Equal(expected.Timing.ToString(), connection.Timing.ToString());
            Assert.Equal(expected.Waits, connection.Waits);
        }
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_no_negative_time()
    {
        for (var frame = 1; frame < Frames; frame++)
        {
            var found = Reading.Of(Played(frame, -7_200, isLasting: true)).Connections;
            foreach (var diagnosed in found)
            {
                var timing = diagnosed.Connection.Timing;
                Assert.All([timing.Dns, timing.Tcp, timing.Tls, timing.Total, timing.RoundTrip, timing.ServerThink, timing.ClientThink], t => Assert.True(t is null || t.Value.Nanoseconds >= 0));
                Assert.All(diagnosed.Connection.Waits, w => Assert.True(w.Length.Nanoseconds > 0));
                foreach (var time in (TimeStyle[])[TimeStyle.Relative, TimeStyle.Delta])
                {
                    var lines = new DiagramBuilder(new DiagramOptions(Detail.Full, time)).Build(diagnosed).Parts.SelectMany(p => p.Bands).SelectMany(b => b.Items).SelectMany(i => i.Lines);
                    Assert.DoesNotContain(lines, l => l.Contains("· -", StringComparison.Ordinal) || l.Contains("+-", StringComparison.Ordinal));
                }
            }
        }
    }

    [Fact]
    public void A_clock_that_jumps_and_stays_there_is_believed()
    {
        var capture = CaptureFileBuilder.PcapNg();
        foreach (var seconds in (int[])[0, 1, 90_000, 90_001, 200_000]) capture.Frame(new Timestamp((1_700_000_000L + seconds) * Timestamp.PerSecond), [1, 2, 3]);
        using var source = Source(capture.ToArray());
        var steady = new SteadyFrames(source);
        var times = new List<long>();
        while (steady.TryRead(out var frame)) times.Add((frame.Mark.Time.Nanoseconds / Timestamp.PerSecond) - 1_700_000_000L);
        Assert.Equal([0, 1, 90_000, 90_001, 200_000], times);
    }

    [Fact]
    public void A_frame_keeps_the_name_of_its_file_also_behind_a_pause()
    {
        var folder = Directory.CreateTempSubdirectory("clock-").FullName;
        try
        {
            Write("a.pcapng", 0, 90);
            Write("b.pcapng", 200, 300);
            using var source = CaptureFiles.Open([Path.Combine(folder, "a.pcapng"), Path.Combine(folder, "b.pcapng")], AnalyzerLimits.Default);
            using var steady = new SteadyFrames(source);
            var names = new List<string>();
            while (steady.TryRead(out _)) names.Add(Path.GetFileName(steady.Name));
            Assert.Equal(["a.pcapng", "a.pcapng", "b.pcapng", "b.pcapng"], names);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Write(string name, params int[] times)
        {
            var capture = CaptureFileBuilder.PcapNg();
            foreach (var seconds in times) capture.Frame(new Timestamp((1_700_000_000L + seconds) * Timestamp.PerSecond), [1, 2, 3]);
            File.WriteAllBytes(Path.Combine(folder, name), capture.ToArray());
        }
    }

    private static byte[] Played(int wild, int seconds, bool isLasting = false)
    {
        var capture = CaptureFileBuilder.PcapNg();
        var segments = TcpScript.Read(ScriptedCapture.Opened + ScriptedCapture.Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + "+20ms; S hex:15030300020228; C ACK; C FIN; S FIN; C ACK");
        Assert.Equal(Frames, segments.Count);
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = segments[i];
            var tcp = PacketBuilder.TcpSegment(segment.Source, segment.Destination, segment.Sequence, segment.Acknowledgment, segment.Flags, segment.Payload, segment.Options, segment.Window);
            var isMoved = seconds != 0 && (i == wild || (isLasting && i > wild));
            var time = isMoved ? segment.Mark.Time + Duration.FromSeconds(seconds) : segment.Mark.Time;
            capture.Frame(time, PacketBuilder.Ethernet(PacketBuilder.Ip(segment.Source.Address, segment.Destination.Address, 6, tcp, segment.TimeToLive, segment.Identification)));
        }

        return capture.ToArray();
    }

    private static ICaptureSource Source(byte[] capture) => CaptureFiles.Open(new MemoryStream(capture), "wild.pcapng", AnalyzerLimits.Default);

    private const int Frames = 9;
}
