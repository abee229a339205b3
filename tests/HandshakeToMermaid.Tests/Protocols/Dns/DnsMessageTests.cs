using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Dns;
using HandshakeToMermaid.Wire;
using static HandshakeToMermaid.Tests.Protocols.Dns.DnsMessageBuilder;

namespace HandshakeToMermaid.Tests.Protocols.Dns;

public class DnsMessageTests
{
    [Fact]
    public void A_response_tells_its_question_and_its_answers()
    {
        var message = Read(Response(7, "WwW.example.com", 1).Alias("www.example.com", "edge.example.net").Address("edge.example.net", "203.0.113.55").Build());

        Assert.False(message.Fault.IsFault);
        Assert.True(message.IsResponse);
        Assert.Equal(7, message.Id);
        Assert.Equal("NOERROR", message.Rcode.ToString());
        Assert.Equal(new DnsQuestion("WwW.example.com", DnsRecordType.A, 1), Assert.Single(message.Questions));
        Assert.Equal(["CNAME edge.example.net", "203.0.113.55"], message.Answers.Select(a => a.Text));
    }

    [Fact]
    public void Aliases_are_followed_in_any_order_and_strangers_left_out()
    {
        var message = Read(Response(7, "a.example", 1)
            .Address("C.example", "192.0.2.3").Alias("b.example", "c.example").Address("x.example", "192.0.2.9").Alias("A.example", "b.example").Build());

        Assert.Equal(["192.0.2.3", "CNAME c.example", "CNAME b.example"], message.AnswersTo(message.Questions[0]).Select(a => a.Text));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(40)]
    public void A_chain_of_aliases_of_any_length_is_followed_from_its_last_record_to_its_first(int count)
    {
        var response = Response(7, "n0.example", 1).Address($"n{count - 1}.example", "192.0.2.3");
        for (var i = count - 2; i >= 0; i--) response = response.Alias($"n{i}.example", $"n{i + 1}.example");
        var message = Read(response.Build());

        Assert.Equal(count, message.AnswersTo(message.Questions[0]).Length);
    }

    [Fact]
    public void Aliases_in_a_circle_end()
    {
        var message = Read(Response(7, "a.example", 1).Alias("a.example", "b.example").Alias("b.example", "a.example").Build());

        Assert.Equal(2, message.AnswersTo(message.Questions[0]).Length);
    }

    [Fact]
    public void Records_read_as_people_write_them()
    {
        var message = Read(Response(1, "example.com", 255)
            .Address("example.com", "2001:db8::55")
            .Answer("example.com", 15, [0, 10, .. Name("mail.example.com")])
            .Answer("example.com", 2, Name("ns1.example.com"))
            .Answer("example.com", 16, [3, .. "abc"u8, 2, .. "d e"u8[..2]])
            .Answer("example.com", 6, [.. Name("ns1.example.com"), .. Name("admin.example.com"), 0, 0, 0, 5, .. new byte[16]])
            .Answer("example.com", 33, [0, 1, 0, 2, 0x14, 0xE9, .. Name("sip.example.com")])
            .Answer("example.com", 12, Name("host.example.com"))
            .Answer("example.com", 257, [0, 5, .. "issue"u8, .. "ca.example"u8])
            .Answer("example.com", 46, new byte[96])
            .Answer("example.com", 999, new byte[4])
            .Build());

        Assert.False(message.Fault.IsFault, message.Fault.ToString());
        Assert.Equal(
            ["2001:db8::55", "MX 10 mail.example.com", "NS ns1.example.com", "TXT \"abc\" \"d \"", "SOA ns1.example.com admin.example.com 5",
             "SRV 1 2 5353 sip.example.com", "PTR host.example.com", "CAA 0 issue \"ca.example\"", "RRSIG 96 bytes", "TYPE999 4 bytes"],
            message.Answers.Select(a => a.Text));
    }

    [Fact]
    public void A_service_binding_tells_its_parameters()
    {
        var message = Read(Response(1, "example.com", 65).Answer("example.com", 65,
        [
            0, 1, 0,
            .. Parameter(1, 2, (byte)'h', (byte)'3', 2, (byte)'h', (byte)'2'),
            .. Parameter(3, 0x20, 0xFB),
            .. Parameter(4, 192, 0, 2, 1, 192, 0, 2, 2),
            .. Parameter(5, 1, 2, 3),
            .. Parameter(6, 0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
            .. Parameter(65280, 9),
        ]).Build());

        var record = Assert.Single(message.Answers);
        Assert.Equal("alpn h3, h2; port 8443; ipv4hint 192.0.2.1, 192.0.2.2; ech; ipv6hint 2001:db8::1; key65280", record.Text);
        Assert.Equal(3, record.Addresses.Count);
    }

    [Fact]
    public void A_service_binding_may_be_an_alias_or_name_another_host()
    {
        Assert.Equal("alias svc.example.net", OneAnswer(65, [0, 0, .. Name("svc.example.net")]));
        Assert.Equal("1 .", OneAnswer(65, [0, 1, 0]));
        Assert.Equal("alpn h2; target svc.example.net", OneAnswer(64, [0, 1, .. Name("svc.example.net"), .. Parameter(1, 2, (byte)'h', (byte)'2')]));
    }

    [Fact]
    public void A_broken_record_costs_only_itself()
    {
        var message = Read(Response(1, "example.com", 65)
            .Answer("example.com", 65, [0, 1, 0, .. Parameter(1, 9, (byte)'h')]).Address("example.com", "192.0.2.1").Build());

        Assert.Equal("alpn-id", message.Fault.Field);
        Assert.Equal(["HTTPS 9 bytes", "192.0.2.1"], message.Answers.Select(a => a.Text));
    }

    [Fact]
    public void Edns_adds_to_the_response_code_and_says_why()
    {
        var text = "no SEP matching the DS found"u8;
        var message = Read(Response(1, "example.com", 1, rcode: 0)
            .Opt(1232, 0x0100_8000, [0, 10, 0, 1, 9, 0, 15, 0, (byte)(text.Length + 2), 0, 9, .. text]).Build());

        Assert.Equal("BADVERS", message.Rcode.ToString());
        Assert.Equal(1232, message.Edns!.UdpPayloadSize);
        Assert.True(message.Edns.DnssecOk);
        Assert.Equal(["9 DNSKEY Missing: no SEP matching the DS found"], message.Edns.ExtendedErrors);
    }

    [Theory]
    [InlineData(new byte[] { 0 }, ".")]
    [InlineData(new byte[] { 3, (byte)'a', (byte)'.', (byte)'b', 1, (byte)'c', 0 }, @"a\.b.c")]
    [InlineData(new byte[] { 3, (byte)' ', (byte)'\\', 0xFC, 0 }, @"\032\\\252")]
    [InlineData(new byte[] { 2, 0, 10, 0 }, @"\000\010")]
    public void Names_are_escaped_as_in_master_files(byte[] wire, string text)
    {
        var reader = new WireReader(wire);

        Assert.Equal(text, DnsName.Read(ref reader, wire, "NAME", 1));
        Assert.False(reader.Fault.IsFault);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0 })]
    [InlineData(new byte[] { 0xC0, 1 })]
    [InlineData(new byte[] { 0xC0, 2, 0 })]
    [InlineData(new byte[] { 1, (byte)'a', 0xC0, 0 })]
    [InlineData(new byte[] { 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x40, 0 })]
    [InlineData(new byte[] { 0x80, 0 })]
    public void Pointers_to_themselves_or_forwards_are_faults(byte[] wire)
    {
        var reader = new WireReader(wire);
        DnsName.Read(ref reader, wire, "NAME", 128);

        Assert.Equal(FaultKind.BadValue, reader.Fault.Kind);
    }

    [Theory]
    [InlineData(3, 4, true)]
    [InlineData(4, 4, true)]
    [InlineData(5, 4, false)]
    public void Jumps_are_counted(int jumps, int limit, bool isRead)
    {
        // The root, then pointers, each to the one before.
        List<byte> wire = [1, (byte)'a', 0];
        var last = 0;
        for (var i = 0; i < jumps; i++)
        {
            wire.AddRange([0xC0, (byte)last]);
            last = wire.Count - 2;
        }

        var bytes = wire.ToArray();
        var reader = new WireReader(bytes);
        reader.Take(last, "before");
        var name = DnsName.Read(ref reader, bytes, "NAME", limit);

        Assert.Equal(isRead, !reader.Fault.IsFault);
        if (isRead) Assert.Equal("a", name);
    }

    [Theory]
    [InlineData(61, true)]
    [InlineData(62, false)]
    public void A_name_has_at_most_255_octets(int lastLabel, bool isRead)
    {
        var wire = Name(string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', lastLabel)));
        var reader = new WireReader(wire);
        var name = DnsName.Read(ref reader, wire, "NAME", 128);

        Assert.Equal(isRead, !reader.Fault.IsFault);
        if (isRead) Assert.Equal(253, name.Length);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Records_are_counted_questions_too(int records, bool isCapped)
    {
        var builder = Response(1, "a.example", 1);
        for (var i = 1; i < records; i++) builder.Address("a.example", "192.0.2.1");
        var message = DnsMessage.Read(builder.Build(), new AnalyzerLimits { DnsRecords = 4 });

        Assert.Equal(isCapped, message.IsCapped);
        Assert.Equal(Math.Min(records, 4) - 1, message.Answers.Count);
        Assert.False(message.Fault.IsFault);
    }

    [Fact]
    public void Every_prefix_of_a_message_faults_without_a_throw()
    {
        var bytes = Rich();
        Assert.False(Read(bytes).Fault.IsFault);
        for (var length = 0; length < bytes.Length; length++) Assert.True(Read(bytes[..length]).Fault.IsFault, $"{length} bytes");
        Assert.Equal(FaultKind.Trailing, Read([.. bytes, 0]).Fault.Kind);
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(1035);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = i % 2 == 0 ? new byte[random.Next(0, 300)] : Rich();
            if (i % 2 == 0) random.NextBytes(bytes);
            else for (var n = random.Next(1, 6); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (i % 4 == 0 && bytes.Length > 12) new byte[] { 0, 1, 0x81, 0x80, 0, 1, 0, 9, 0, 0, 0, 0 }.CopyTo(bytes, 0);
            var message = Read(bytes);
            foreach (var question in message.Questions) message.AnswersTo(question);
        }
    }

    internal static byte[] Rich() => Response(1, "example.com", 65)
        .Alias("example.com", "www.example.com")
        .Record(1, [3, (byte)'w', (byte)'w', (byte)'w', 0xC0, 12], 65, 1, 60, [0, 1, 0, .. Parameter(1, 2, (byte)'h', (byte)'3'), .. Parameter(4, 192, 0, 2, 1)])
        .Answer("example.com", 16, [3, .. "abc"u8])
        .Authority("example.com", 6, [.. Name("ns"), .. Name("admin"), .. new byte[20]])
        .Opt(1232, 0, [0, 15, 0, 2, 0, 22])
        .Build();

    private static string OneAnswer(ushort type, byte[] data) => Read(Response(1, "example.com", type).Answer("example.com", type, data).Build()).Answers.Single().Text;

    private static DnsMessage Read(byte[] bytes) => DnsMessage.Read(bytes, AnalyzerLimits.Default);
}
