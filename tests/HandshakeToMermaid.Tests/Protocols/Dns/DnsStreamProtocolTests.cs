using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;
using static HandshakeToMermaid.Tests.Protocols.Dns.DnsMessageBuilder;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

public class DnsStreamProtocolTests
{
    private readonly LookupRecorder recorder = new();
    private readonly TcpFlow flow = new(1, "test.pcap", LookupRecorder.Endpoint("192.0.2.7:50000"), LookupRecorder.Endpoint("192.0.2.53:53"), default);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Messages_are_put_together_however_they_are_cut(int piece)
    {
        var reader = new DnsStreamReader(recorder.Observer, flow);
        Send(reader, Direction.Forward, [.. Framed(Query(1, "a.example", 1)), .. Framed(Query(2, "b.example", 1))], piece);
        Send(reader, Direction.Reverse, [.. Framed(Response(2, "b.example", 1).Address("b.example", "192.0.2.2")), .. Framed(Response(1, "a.example", 1).Address("a.example", "192.0.2.1"))], piece);

        Assert.Equal(["b.example 192.0.2.2 tcp", "a.example 192.0.2.1 tcp"], recorder.Queries.Select(l => $"{l.Name} {l.Answers[0]} {l.Transport}"));
        Assert.True(reader.IsDns);
    }

    [Fact]
    public void Behind_a_gap_nothing_is_read()
    {
        var reader = new DnsStreamReader(recorder.Observer, flow);
        reader.Bytes(Direction.Forward, Framed(Query(1, "a.example", 1))[..9], recorder.Mark(0));
        reader.Gap(Direction.Forward, new StreamGap(GapKind.NotCaptured, 10, recorder.Mark(1)));
        reader.Bytes(Direction.Forward, Framed(Query(1, "a.example", 1)), recorder.Mark(2));

        Assert.True(reader.IsSatisfied(Direction.Forward));
        Assert.False(reader.IsSatisfied(Direction.Reverse));
        Assert.Empty(recorder.Queries);
    }

    [Fact]
    public void What_turns_out_not_to_be_DNS_is_left()
    {
        var reader = new DnsStreamReader(recorder.Observer, flow);
        reader.Bytes(Direction.Forward, [0, 0, 0, 0, 0, 0, 0, 0], recorder.Mark(0));

        Assert.True(reader.IsSatisfied(Direction.Forward));
    }

    [Fact]
    public void First_bytes_of_one_side_wait_until_the_other_side_is_recognised()
    {
        var reader = new DnsStreamReader(recorder.Observer, flow);
        var query = Framed(Query(1, "a.example", 1));
        reader.Bytes(Direction.Reverse, [0, 4, 0, 0, 0, 0, 0], recorder.Mark(0));
        reader.Bytes(Direction.Forward, query, recorder.Mark(1));
        reader.Bytes(Direction.Reverse, [7, 0], recorder.Mark(2));
        recorder.Observer.Finish();

        Assert.Equal("a.example", Assert.Single(recorder.Queries).Name);
    }

    [Fact]
    public void A_side_that_did_not_begin_with_a_message_has_no_message_boundary()
    {
        var reader = new DnsStreamReader(recorder.Observer, flow);
        reader.Bytes(Direction.Reverse, "220 mail.example"u8, recorder.Mark(0));
        reader.Bytes(Direction.Forward, Framed(Query(1, "a.example", 1)), recorder.Mark(1));
        reader.Bytes(Direction.Reverse, Framed(Response(1, "a.example", 1).Address("a.example", "192.0.2.1")), recorder.Mark(2));
        recorder.Observer.Finish();

        Assert.True(reader.IsSatisfied(Direction.Reverse));
        Assert.Empty(Assert.Single(recorder.Queries).Answers);
    }

    [Fact]
    public void Random_streams_never_throw()
    {
        var random = new Random(7766);
        for (var i = 0; i < 2000; i++)
        {
            var reader = new DnsStreamReader(recorder.Observer, flow);
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            if (bytes.Length > 2) (bytes[0], bytes[1]) = (0, (byte)random.Next(12, 100));
            Send(reader, (Direction)(i % 2), bytes, random.Next(1, 50));
        }
    }

    [Fact]
    public void Only_port_53_and_what_looks_like_a_message_is_taken()
    {
        var protocol = new DnsStreamProtocol(recorder.Observer);
        var query = Framed(Query(1, "a.example", 1));

        Assert.Equal(ProbeVerdict.Certain, DnsStreamReader.Probe(query));
        Assert.Equal(ProbeVerdict.Unsure, DnsStreamReader.Probe(query.AsSpan(0, 7)));
        Assert.Equal(ProbeVerdict.NotForUs, DnsStreamReader.Probe("GET / HTTP/1.1\r\n"u8));
        Assert.Equal(ProbeVerdict.NotForUs, DnsStreamReader.Probe([0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3]));
        Assert.NotNull(protocol.Begin(flow));
        Assert.Null(protocol.Begin(new TcpFlow(1, "", LookupRecorder.Endpoint("192.0.2.7:50000"), LookupRecorder.Endpoint("192.0.2.53:443"), default)));
    }

    private void Send(IStreamReader reader, Direction from, byte[] bytes, int piece)
    {
        for (var at = 0; at < bytes.Length; at += piece) reader.Bytes(from, bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)), recorder.Mark(at));
    }

    private static byte[] Framed(DnsMessageBuilder message)
    {
        var bytes = message.Build();
        return [.. U16((ushort)bytes.Length), .. bytes];
    }
}
