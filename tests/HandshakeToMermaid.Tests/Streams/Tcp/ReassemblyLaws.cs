using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class ReassemblyLaws
{
    [Fact]
    public void The_same_bytes_in_any_segments_tell_the_same_bytes()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (stream, segments) = Session(random);
            var noisy = segments.SelectMany(s => Enumerable.Repeat(s, 1 + (random.Next(4) / 3))).ToList();
            Shuffle(noisy, random, distance: 12);
            var told = Tell(random, stream, noisy);
            Assert.True(stream.AsSpan().SequenceEqual(told.Streams[0].ToArray()), $"seed {seed}: {told.Told}");
            Assert.Empty(told.Gaps[0]);
            Assert.DoesNotContain("Conflict", told.Events);
        }
    }

    [Fact]
    public void Removed_segments_are_gaps_whose_lengths_add_up()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (stream, segments) = Session(random);
            var left = segments.Where(_ => random.Next(5) > 0).ToList();
            var covered = new bool[stream.Length];
            foreach (var (start, length) in left) covered.AsSpan(start, length).Fill(true);
            Shuffle(left, random, distance: 12);
            var expected = stream.Where((_, i) => covered[i]).ToArray();
            var told = Tell(random, stream, left, finAt: stream.Length);
            Assert.True(expected.AsSpan().SequenceEqual(told.Streams[0].ToArray()), $"seed {seed}: {told.Told}");
            Assert.Equal(stream.Length - expected.Length, told.Gaps[0].Sum(g => g.Length));
            Assert.Equal(stream.Length - expected.Length, told.Flow.Forward.MissingBytes);
            Assert.Equal(expected.Length, told.Flow.Forward.Delivered);
        }
    }

    [Fact]
    public void Every_byte_is_told_with_a_frame_that_holds_it()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var (stream, segments) = Session(random);
            Shuffle(segments, random, distance: 12);
            var offset = 0;
            foreach (var word in Tell(random, stream, segments).Told.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var (text, frame) = (word[1..word.LastIndexOf('@')], int.Parse(word[(word.LastIndexOf('@') + 1)..]));
                var length = text[0] == '[' ? int.Parse(text[1..^1]) : text.Length;
                var (start, size) = segments[frame - 3];
                Assert.True(start <= offset && offset + length <= start + size, $"seed {seed}: {word}");
                offset += length;
            }
        }
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(7, 10)]
    [InlineData(7, 900_000)]
    public void Frames_captured_twice_tell_the_same_story(ushort identification, int microseconds)
    {
        const string Script = "C SYN; +200ms; C SYN; S SYN-ACK; C 'abc'; C 'ghi' seq=6; C 'def' seq=3; S 'xyz'; +300ms; S 'xyz' seq=0; C FIN; S FIN; C ACK; S RST";
        var once = TcpScript.Read(Script).Select((s, i) => s with { Identification = (ushort)(identification == 0 ? 0 : identification + i) }).ToList();
        var twice = once.SelectMany(s => new[] { s, s with { Mark = s.Mark with { Time = s.Mark.Time + new Duration(microseconds * 1000L) } } });
        var (told, doubled) = (Feed(once), Feed(twice));
        Assert.Equal(told.Told, doubled.Told);
        Assert.Equal(told.Events, doubled.Events);
        Assert.Equal(told.Flow.Forward.Retransmissions, doubled.Flow.Forward.Retransmissions);
        Assert.Equal(told.Flow.Reverse.Packets, doubled.Flow.Reverse.Packets);

        static FlowTranscript Feed(IEnumerable<ScriptedSegment> segments)
        {
            var recorder = new FlowRecorder();
            recorder.Feed(segments);
            recorder.Table.Finish();
            return Assert.Single(recorder.Flows);
        }
    }

    [Fact]
    public void A_copy_with_other_bytes_is_no_copy()
    {
        var segments = TcpScript.Read("C SYN; S SYN-ACK; C 'abc' id=9");
        segments.Add(segments[2] with { Payload = "abX"u8.ToArray() });
        var recorder = new FlowRecorder();
        recorder.Feed(segments);
        Assert.Contains("Conflict", recorder.Flows[0].Events);
    }

    [Fact]
    public void Random_segments_never_throw_and_stay_within_the_caps()
    {
        var limits = new AnalyzerLimits { OpenFlows = 20, OutOfOrderBytes = 500, OutOfOrderSegments = 10, EventsPerFlow = 12, IdleSeconds = 5 };
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var recorder = new FlowRecorder(limits, wanted: seed % 2 == 0 ? long.MaxValue : 200, seed: seed);
            var payload = new byte[120];
            var time = 0L;
            for (var i = 0; i < 2000; i++)
            {
                random.NextBytes(payload);
                time += random.Next(20_000_000);
                var ends = random.Next(2) == 0;
                var one = new IpEndpoint(IpAddress.FromIpv4((uint)random.Next(6)), 1);
                var two = new IpEndpoint(IpAddress.FromIpv4((uint)random.Next(6)), (ushort)random.Next(1, 3));
                var length = random.Next(2) * random.Next(payload.Length);
                var segment = new ScriptedSegment
                {
                    Source = ends ? one : two,
                    Destination = ends ? two : one,
                    Mark = new FrameMark(i + 1, new Timestamp(random.Next(50) == 0 ? random.NextInt64() : time)),
                    Sequence = random.Next(10) == 0 ? (uint)random.NextInt64() : (uint)random.Next(-400, 400),
                    Acknowledgment = random.Next(10) == 0 ? (uint)random.NextInt64() : (uint)random.Next(-400, 400),
                    Flags = random.Next(3) > 0 ? TcpFlags.Ack : (TcpFlags)random.Next(256),
                    Window = (ushort)random.Next(3),
                    Options = payload[..random.Next(40)],
                    Payload = payload[..length],
                    PayloadLength = random.Next(5) == 0 ? random.Next(2000) : length,
                    Icmp = random.Next(30) == 0 ? new IcmpError(false, 3, 1, 0) : null,
                };
                recorder.Feed([segment]);
                Assert.True(recorder.Table.OpenFlows <= limits.OpenFlows);
                if (recorder.Table.Find(one, two)?.Tracker is not { } flow) continue;
                Assert.True(flow.Events.Count <= limits.EventsPerFlow);
                Assert.True(flow.Forward.WaitingBytes <= limits.OutOfOrderBytes && flow.Reverse.WaitingBytes <= limits.OutOfOrderBytes);
                Assert.True(flow.Forward.WaitingSegments <= limits.OutOfOrderSegments && flow.Reverse.WaitingSegments <= limits.OutOfOrderSegments);
            }

            recorder.Table.Finish();
            Assert.All(recorder.Flows, told => Assert.True(told.IsClosed));
            Assert.Equal(0, recorder.Table.OpenFlows);
        }
    }

    /// <summary>A random stream and segments that cover it, some of them overlapping.</summary>
    private static (byte[] Stream, List<(int Start, int Length)> Segments) Session(Random random)
    {
        var stream = new byte[random.Next(1, 4000)];
        for (var i = 0; i < stream.Length; i++) stream[i] = (byte)('a' + random.Next(26));
        var segments = new List<(int Start, int Length)>();
        for (var at = 0; at < stream.Length;)
        {
            var length = Math.Min(random.Next(1, 200), stream.Length - at);
            var back = random.Next(4) == 0 ? random.Next(at + 1) % 100 : 0;
            segments.Add((at - back, length + back));
            at += length;
        }

        return (stream, segments);
    }

    private static FlowTranscript Tell(Random random, byte[] stream, List<(int Start, int Length)> segments, int finAt = -1)
    {
        var initial = random.Next(2) == 0 ? (uint)random.NextInt64() : unchecked((uint)-random.Next(3000));
        var script = new TcpScript(initial);
        var decryption = script.Write("C SYN; S SYN-ACK");
        var recorder = new FlowRecorder();
        recorder.Feed(decryption);
        var frame = 3;
        foreach (var (start, length) in segments)
        {
            recorder.Feed([decryption[0] with
            {
                Mark = new FrameMark(frame++, script.Now),
                Sequence = unchecked(initial + 1 + (uint)start),
                Acknowledgment = decryption[1].Sequence + 1,
                Flags = TcpFlags.Ack,
                Payload = stream[start..(start + length)],
            }]);
        }

        if (finAt >= 0)
        {
            recorder.Feed([decryption[0] with
            {
                Mark = new FrameMark(frame, script.Now),
                Sequence = unchecked(initial + 1 + (uint)finAt),
                Flags = TcpFlags.Fin,
            }]);
        }

        recorder.Table.Finish();
        return Assert.Single(recorder.Flows);
    }

    private static void Shuffle<T>(List<T> items, Random random, int distance)
    {
        var keys = items.Select((_, i) => (double)i + (random.NextDouble() * distance)).ToArray();
        var sorted = items.ToArray();
        Array.Sort(keys, sorted);
        items.Clear();
        items.AddRange(sorted);
    }
}
