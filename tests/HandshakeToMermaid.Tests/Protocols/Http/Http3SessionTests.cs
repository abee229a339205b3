using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Tests.Protocols.Http;

public sealed class Http3SessionTests
{
    private readonly Http3Session session = new(Direction.Forward);
    private long frame;

    [Fact]
    public void The_first_request_and_its_final_response_are_read()
    {
        Client(2, "0004" + "03" + "0140dc");
        Server(3, "0004" + "00");
        Client(0, "0105" + "0000d1d7c1");
        Server(0, "0103" + "0000d8"); // 103, then 200 with HSTS
        Server(0, "0104" + "0000d9f8");
        Assert.True(session.IsSatisfied);
        Assert.Equal("SETTINGS SETTINGS|GET / HTTP/3|HTTP/3 200", Said(out var facts));
        Assert.True(facts.HasStrictTransportSecurity);
        Assert.Equal("QPACK_MAX_TABLE_CAPACITY 220", facts.Steps[0].Facts().Single().Text);
    }

    [Fact]
    public void A_section_waits_for_the_entries_that_it_refers_to()
    {
        Server(3, "0004030140dc");
        Client(0, "0109" + "0381" + "10" + "11" + "d1d7" + "2161" + "00");
        Assert.False(session.IsSatisfied);
        Client(6, "023fbd01c00f7777772e6578616d706c652e636f6dc10c2f73616d706c652f70617468");
        Assert.Equal("SETTINGS|GET /sample/path HTTP/3|", Said(out var facts));
        Assert.Equal("www.example.com", facts.Authority);
    }

    [Fact]
    public void Entries_that_never_came_are_said_to_be_missing()
    {
        Server(3, "0004030140dc");
        Client(0, "01040381" + "10" + "11");
        Said(out var facts);
        Assert.Equal("the HTTP/3 header refers to table entries that are missing in the capture", Assert.Single(facts.Unparsed).Detail);
    }

    [Fact]
    public void Other_streams_frames_and_settings_are_passed_over()
    {
        Client(10, "21" + "ffffff"); // a reserved stream
        Client(2, "00" + "04" + "04" + "40" + "9f" + "0100"); // a reserved setting, as far as it reads
        Client(4, "2102aabb" + "0103" + "0000d1"); // reserved frames may stand anywhere; this stream is the first
        Client(8, "01050000d1d7c1"); // a second request
        Assert.StartsWith("SETTINGS|GET * HTTP/3|", Said(out _), StringComparison.Ordinal);
    }

    [Fact]
    public void Userinfo_and_values_that_are_not_drawn_are_not_kept()
    {
        // :authority with userinfo, a cookie.
        Client(0, "011e" + "0000d1d7c1" + "500a" + Hex("me:pw@host") + "550b" + Hex("secret=1234"));
        Said(out var facts);
        Assert.Equal("host", facts.Authority);
        Assert.DoesNotContain(facts.Steps, s => s.Facts().Any(f => f.Text.Contains("pw", StringComparison.Ordinal) || f.Text.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_frame_beyond_the_cap_is_named()
    {
        Client(0, "01" + "80020000" + "0000d1");
        Said(out var facts);
        Assert.Contains("longer than 64 KiB", Assert.Single(facts.Unparsed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_bytes_in_any_pieces_are_read_or_refused()
    {
        var random = new Random(7);
        for (var round = 0; round < 3000; round++)
        {
            var talk = new Http3Session(Direction.Forward);
            for (var i = 0; i < 12; i++)
            {
                var bytes = new byte[random.Next(40)];
                random.NextBytes(bytes);
                if (bytes.Length > 1 && random.Next(2) == 0) (bytes[0], bytes[1]) = ((byte)random.Next(5), (byte)random.Next(30));
                talk.Bytes(random.Next(2) == 0 ? Direction.Forward : Direction.Reverse, (ulong)random.Next(12), bytes, new FrameMark(i + 1, new Timestamp(i)));
            }

            Assert.InRange(talk.Finish().Count, 0, 1);
        }
    }

    private void Client(ulong stream, string hex) => Say(Direction.Forward, stream, hex);

    private void Server(ulong stream, string hex) => Say(Direction.Reverse, stream, hex);

    private void Say(Direction from, ulong stream, string hex) => session.Bytes(from, stream, Convert.FromHexString(hex), new FrameMark(++frame, new Timestamp(frame)));

    private string Said(out HttpFacts facts)
    {
        facts = (HttpFacts)session.Finish().Single();
        return $"{string.Join(' ', facts.Steps.Where(s => s.IsMinor).Select(s => s.Title))}|{facts.Request}|{facts.Response}";
    }

    private static string Hex(string text) => Convert.ToHexString(System.Text.Encoding.Latin1.GetBytes(text));
}
