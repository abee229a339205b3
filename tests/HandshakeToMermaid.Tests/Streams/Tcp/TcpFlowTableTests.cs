using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Streams.Tcp;

public sealed class TcpFlowTableTests
{
    [Fact]
    public void Connections_that_are_interleaved_keep_apart()
    {
        var recorder = new FlowRecorder();
        var conversations = Enumerable.Range(0, 3000).Select(i => Session(i, $"C SYN; S SYN-ACK; C ACK; C 'c{i}'; S 's{i}'")).ToList();
        for (var step = 0; step < 5; step++) recorder.Feed(conversations.Select(c => c[step]));
        recorder.Table.Finish();
        Assert.Equal(3000, recorder.Flows.Count);
        Assert.All(recorder.Flows, (told, i) => Assert.Equal(($"c{i}", $"s{i}"), (told.Text(Direction.Forward), told.Text(Direction.Reverse))));
        Assert.Equal(Enumerable.Range(1, 3000).Select(i => (long)i), recorder.Closed);
    }

    [Fact]
    public void IPv6_and_IPv4_connections_keep_apart()
    {
        var recorder = new FlowRecorder();
        recorder.Feed(new TcpScript().Write("C SYN; S SYN-ACK; C 'four'"));
        recorder.Feed(new TcpScript
        {
            Client = new IpEndpoint(IpAddress.Parse("2001:db8::1")!.Value, 50_000),
            Server = new IpEndpoint(IpAddress.Parse("2001:db8::2")!.Value, 443),
        }.Write("C SYN; S SYN-ACK; C 'six'"));
        Assert.Equal([">four@3", ">six@3"], recorder.Flows.Select(f => f.Told));
    }

    [Theory]
    [InlineData(4, 5, 0)]
    [InlineData(5, 5, 0)]
    [InlineData(6, 5, 1)]
    public void Above_the_cap_the_longest_silent_one_is_closed(int flows, int cap, int pushedOut)
    {
        var recorder = new FlowRecorder(new AnalyzerLimits { OpenFlows = cap });
        var conversations = Enumerable.Range(0, flows).Select(i => Session(i, $"+{i}ms; C SYN; +100ms; S SYN-ACK")).ToList();
        recorder.Feed(conversations.Take(cap).Select(c => c[0]));
        recorder.Feed([conversations[0][1]]); // the first one speaks again, the second is silent longest
        recorder.Feed(conversations.Skip(cap).Select(c => c[0]));
        Assert.Equal(Math.Min(flows, cap), recorder.Table.OpenFlows);
        Assert.Equal(pushedOut, recorder.Table.Evicted);
        Assert.Equal(pushedOut == 1 ? [2L] : [], recorder.Closed);
    }

    [Fact]
    public void A_flood_of_SYNs_stays_within_the_cap()
    {
        var recorder = new FlowRecorder(new AnalyzerLimits { OpenFlows = 100 });
        for (var i = 0; i < 20_000; i++)
        {
            recorder.Feed(Session(i, "C SYN"));
            Assert.True(recorder.Table.OpenFlows <= 100);
        }

        recorder.Table.Finish();
        Assert.Equal(20_000 - 100, recorder.Table.Evicted);
        Assert.Equal(recorder.Table.Dropped, recorder.Dropped.Count);
        Assert.Equal(AnalyzerLimits.Default.EvictedRows + 100, recorder.Closed.Count);
        Assert.Equal(20_000, recorder.Closed.Concat(recorder.Dropped).Distinct().Count());
    }

    [Fact]
    public void A_flood_of_SYNs_pushes_out_no_connection_that_is_used()
    {
        var recorder = new FlowRecorder(new AnalyzerLimits { OpenFlows = 100 });
        recorder.Feed(Session(0, "C SYN; S SYN-ACK; C ACK; C 'hello'"));
        for (var i = 1; i < 1000; i++) recorder.Feed(Session(i, "C SYN"));
        recorder.Feed(Session(0, "+1ms; S 'world' ack=6"));
        Assert.DoesNotContain(1L, recorder.Closed.Concat(recorder.Dropped));
        Assert.Equal(900, recorder.Table.Evicted);
    }

    [Fact]
    public void A_flow_that_was_reported_holds_its_record_only_where_it_may_be_drawn_as_an_attempt()
    {
        var recorder = new FlowRecorder();
        var answered = recorder.Table.Add(TcpScript.Read("C SYN")[0].ToPacket(), "x")!;
        recorder.Feed([.. TcpScript.Read("C SYN; S SYN-ACK; C ACK; C 'hello'; C FIN; S FIN; C ACK")[1..]]);
        recorder.Feed(Session(1, "C SYN"));
        recorder.Table.Finish();
        Assert.True(answered.IsAnswered);
        Assert.Equal(recorder.Flows[0].Flow.Last.Time, answered.LastActive);
        Assert.Throws<InvalidOperationException>(() => answered.Record(default));
    }

    [Fact]
    public void A_SYN_that_was_held_is_told_like_any_other()
    {
        var syn = TcpScript.Read("C SYN id=9")[0] with { Options = [2, 4, 5, 180], TimeToLive = 61 };
        var recorder = new FlowRecorder();
        var flow = recorder.Table.Add(syn.ToPacket(), "x");
        Assert.True(flow!.IsSynAlone);
        Assert.Equal(1460, flow.Record(default).Forward.MaximumSegmentSize);
        Assert.True(flow.IsSynAlone);
        recorder.Feed(
        [
            syn with { Mark = new FrameMark(2, syn.Mark.Time + Duration.FromMilliseconds(0.2)) }, // captured twice
            syn with { Mark = new FrameMark(3, syn.Mark.Time + Duration.FromSeconds(1)), Identification = 10 },
        ]);
        recorder.Table.Finish();
        var recorded = recorder.Flows[0].Flow;
        Assert.Equal((syn.Mark, 2L, 1), (recorded.Syn, recorded.Forward.Packets, recorded.Forward.Retransmissions));
        Assert.Equal((1460, 61), (recorded.Forward.MaximumSegmentSize, recorded.Forward.TimeToLive));
    }

    [Fact]
    public void Bytes_count_as_memory_until_their_flow_is_over()
    {
        var memory = new TableMemory(long.MaxValue);
        var recorder = new FlowRecorder(memory: memory);
        recorder.Feed(TcpScript.Read("C SYN; S SYN-ACK; C ACK"));
        var before = memory.Used;
        recorder.Feed([TcpScript.Read("C SYN; C #5000 seq=100")[1]]);
        Assert.InRange(memory.Used - before, 10_000, 11_000);
        recorder.Table.Finish();
        Assert.Equal(0, memory.Used);
    }

    [Fact]
    public void What_holds_much_is_given_up_before_memory_is_exceeded()
    {
        var memory = new TableMemory(100_000);
        var recorder = new FlowRecorder(memory: memory);
        for (var i = 0; i < 40; i++)
        {
            recorder.Feed(Session(i, $"+{i}ms; C SYN; S SYN-ACK; C ACK; C #8000"));
            Assert.InRange(memory.Used, 1, 100_000);
        }

        Assert.InRange(recorder.Table.Evicted, 25, 35);
        Assert.All(recorder.Flows.Where(f => f.IsClosed), f => Assert.Equal(RecordedState.Evicted, f.Flow.State));
    }

    [Fact]
    public void A_router_that_captures_on_all_interfaces_sees_each_packet_once()
    {
        const string Visit = "C SYN id=1; S SYN-ACK; C ACK id=2; C 'hello' id=3; S ACK id=7; S 'world' id=8; C ACK id=4; icmp 3.4; S 'again' id=9; C ACK id=5; C FIN id=6; S FIN id=10; C ACK id=11";
        var once = TcpScript.Read(Visit);
        var forwarded = once.SelectMany(s => new[] { s, s with { TimeToLive = 63, Mark = new FrameMark(s.Mark.Frame, s.Mark.Time + Duration.FromMilliseconds(0.015)) } });
        var (one, two) = (Told(once), Told(forwarded));
        Assert.Equal(one.Events, two.Events);
        Assert.Equal(one.Told, two.Told);
        Assert.Equal((one.Flow.Forward.Packets, one.Flow.Reverse.Packets), (two.Flow.Forward.Packets, two.Flow.Reverse.Packets));
        Assert.Equal((0, 0), (two.Flow.Forward.Retransmissions, two.Flow.Reverse.Retransmissions));

        static FlowTranscript Told(IEnumerable<ScriptedSegment> segments)
        {
            var recorder = new FlowRecorder();
            recorder.Feed(segments);
            recorder.Table.Finish();
            return Assert.Single(recorder.Flows);
        }
    }

    [Fact]
    public void A_flow_is_found_from_either_end()
    {
        var recorder = new FlowRecorder();
        var script = new TcpScript();
        recorder.Feed(script.Write("C SYN"));
        Assert.Same(recorder.Flows[0].Open, recorder.Table.Find(script.Client, script.Server));
        Assert.Same(recorder.Flows[0].Open, recorder.Table.Find(script.Server, script.Client));
        Assert.Null(recorder.Table.Find(script.Client, script.Client));
        recorder.Table.Finish();
        Assert.Null(recorder.Table.Find(script.Client, script.Server));
    }

    [Fact]
    public void The_hash_keys_do_not_change_what_is_told()
    {
        var random = new Random(11);
        var segments = Enumerable.Range(0, 500).SelectMany(i => Session(i % 300, $"+{i}ms; C SYN seq={i}; S SYN-ACK seq={i}; C 'c{i}'; S 'abc'; C RST"))
            .OrderBy(_ => random.Next()).ToList();
        Assert.Equal(Story(1), Story(2));

        string Story(int seed)
        {
            var recorder = new FlowRecorder(new AnalyzerLimits { OpenFlows = 50 }, seed: seed);
            recorder.Feed(segments);
            recorder.Table.Finish();
            return string.Join('\n', recorder.Flows.Select(f => $"{f.Flow.Ordinal} {f.Flow.Initiator} {f.Told} {f.Events}")) + string.Join(',', recorder.Closed);
        }
    }

    [Fact]
    public void Slots_survive_growth_and_removal_in_any_order()
    {
        var random = new Random(9);
        var slots = new FlowSlots();
        var kept = new Dictionary<int, ulong>();
        for (var i = 0; i < 30_000; i++)
        {
            var hash = (ulong)random.NextInt64(0, 5000) << 40; // many equal tags
            slots.Add(hash, i);
            kept.Add(i, hash);
            if (random.Next(3) == 0) continue;
            var victim = random.Next(i + 1);
            if (!kept.Remove(victim, out var gone)) continue;
            slots.Remove(gone, victim);
            Assert.DoesNotContain(victim, Places(gone));
        }

        Assert.All(kept, pair => Assert.Contains(pair.Key, Places(pair.Value)));

        List<int> Places(ulong hash)
        {
            var places = new List<int>();
            var slot = slots.Begin(hash);
            for (var place = slots.Next(hash, ref slot); place >= 0; place = slots.Next(hash, ref slot)) places.Add(place);
            return places;
        }
    }

    [Fact]
    public void A_packet_after_the_handshake_allocates_nothing()
    {
        var recorder = new FlowRecorder(wanted: 3);
        var script = new TcpScript();
        recorder.Feed(script.Write("C SYN; S SYN-ACK; C 'abc'; S 'abc'; C 'abc'; S 'abc'"));
        var payload = new byte[1400];
        var template = new ScriptedSegment { Source = script.Server, Destination = script.Client, Flags = TcpFlags.Ack, Payload = payload };
        var (sequence, frame) = (5_000_007u, 7L);
        Run(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(6 + (10_100 * 1400L), recorder.Flows[0].Flow.Reverse.Delivered);

        void Run(int packets)
        {
            for (var i = 0; i < packets; i++)
            {
                var packet = template.ToPacket();
                packet.Mark = new FrameMark(frame++, script.Now);
                packet.Sequence = sequence;
                packet.Acknowledgment = 1007;
                recorder.Table.Add(in packet, "test.pcap");
                sequence += 1400;
                var answer = template.ToPacket();
                (answer.Source, answer.Destination) = (answer.Destination, answer.Source);
                answer.Mark = new FrameMark(frame++, script.Now);
                answer.Sequence = 1007;
                answer.Acknowledgment = sequence;
                answer.Payload = default;
                answer.PayloadLength = 0;
                recorder.Table.Add(in answer, "test.pcap");
            }
        }
    }

    [Fact]
    public void Times_at_the_ends_of_the_scale_do_no_harm()
    {
        var recorder = new FlowRecorder();
        foreach (var time in new[] { long.MaxValue, long.MinValue, 0, long.MaxValue - 1, -1 })
        {
            recorder.Feed(Session(1, "C SYN; S SYN-ACK; C 'a'").Select(s => s with { Mark = s.Mark with { Time = new Timestamp(time) } }));
        }

        recorder.Table.Finish();
        Assert.All(recorder.Flows, told => Assert.True(told.IsClosed));
    }

    private static List<ScriptedSegment> Session(int number, string script) => new TcpScript
    {
        Client = new IpEndpoint(IpAddress.FromIpv4(0x0A00_0000u + (uint)(number / 100)), (ushort)(40_000 + (number % 100))),
    }.Write(script);
}
