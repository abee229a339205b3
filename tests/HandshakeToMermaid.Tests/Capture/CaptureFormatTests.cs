using System.Net;
using System.Text;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Capture;

public sealed class CaptureFormatTests
{
    private const long Noon = 1_700_000_000_123_456_000;

    public static TheoryData<bool, bool, bool, int> Forms()
    {
        var forms = new TheoryData<bool, bool, bool, int>();
        foreach (var ng in new[] { false, true })
        foreach (var bigEndian in new[] { false, true })
        foreach (var nanoseconds in new[] { false, true })
        foreach (var members in new[] { 0, 1, 3 })
            forms.Add(ng, bigEndian, nanoseconds, members);
        return forms;
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_same_frames_read_the_same_in_every_form(bool ng, bool bigEndian, bool nanoseconds, int members)
    {
        var builder = ng ? CaptureFileBuilder.PcapNg(LinkType.LinuxSll, bigEndian) : CaptureFileBuilder.Pcap(LinkType.LinuxSll, bigEndian, nanoseconds);
        for (var i = 0; i < 50; i++) builder.Frame(new Timestamp(Noon + (i * 1_000_000)), Payload(i), (uint)(i + 7));

        var read = ReadCapture.Of(members == 0 ? builder.ToArray() : builder.ToGzip(members));

        Assert.Empty(read.Damages);
        Assert.Equal(50, read.Frames.Count);
        for (var i = 0; i < 50; i++) Assert.Equal(new ReadFrame(i + 1, Noon + (i * 1_000_000), 113, Convert.ToHexString(Payload(i)), (uint)(i + 7), "memory"), read.Frames[i]);
    }

    [Fact]
    public void A_nanosecond_capture_keeps_its_nanoseconds()
    {
        var read = ReadCapture.Of(CaptureFileBuilder.Pcap(nanoseconds: true).Frame(new Timestamp(Noon + 789), [1]).ToArray());
        Assert.Equal(Noon + 789, read.Frames[0].Time);
    }

    [Fact]
    public void A_capture_of_nothing_but_a_header_has_no_frames_and_no_damage()
    {
        foreach (var file in new[] { CaptureFileBuilder.Pcap().ToArray(), CaptureFileBuilder.PcapNgWithoutInterface().ToArray(), CaptureFileBuilder.Pcap().ToGzip() })
        {
            var read = ReadCapture.Of(file);
            Assert.Empty(read.Frames);
            Assert.Empty(read.Damages);
        }
    }

    [Fact]
    public void The_length_of_a_frame_check_sequence_is_no_part_of_the_link_type()
    {
        var read = ReadCapture.Of(CaptureFileBuilder.Pcap(linkFlags: 0x4400_0000).Frame(default, [1]).ToArray());
        Assert.Equal(1, read.Frames[0].Link);
    }

    [Fact]
    public void Lengths_that_old_versions_stored_the_other_way_round_are_turned()
    {
        // Version 2.2: the original length comes first.
        var record = CaptureFileBuilder.Pcap(minor: 2).Bytes([1, 0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, 2, 0, 0, 0, 0xAA, 0xBB]);
        var read = ReadCapture.Of(record.ToArray());
        Assert.Equal(("AABB", 60u), (read.Frames[0].Data, read.Frames[0].OriginalLength));
    }

    [Fact]
    public void A_frame_that_holds_more_than_it_had_on_the_wire_is_given_out_as_it_is()
    {
        var read = ReadCapture.Of(CaptureFileBuilder.Pcap().Frame(default, [1, 2, 3], original: 2).Frame(default, [4]).ToArray());
        Assert.Equal(("010203", 2u), (read.Frames[0].Data, read.Frames[0].OriginalLength));
        Assert.Equal("04", read.Frames[1].Data);
    }

    [Fact]
    public void The_patched_format_of_1999_is_read()
    {
        byte[] header = [0x34, 0xCD, 0xB2, 0xA1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];
        byte[] record = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 7, 7, 7, 7, 8, 8, 1, 0, 0xA, 0xB, 0xC];
        var read = ReadCapture.Of([.. header, .. record, .. record]);
        Assert.Equal(["0A0B0C", "0A0B0C"], read.Frames.Select(f => f.Data));
        Assert.Equal(1_000_002_000, read.Frames[1].Time);
    }

    [Theory]
    [InlineData(6, 1_500_000UL, 1_500_000_000)]
    [InlineData(0, 3UL, 3_000_000_000)]
    [InlineData(3, 1_500UL, 1_500_000_000)]
    [InlineData(9, 1_500_000_001UL, 1_500_000_001)]
    [InlineData(12, 1_500_000_001_999UL, 1_500_000_001)]
    [InlineData(28, 10_000_000_000_000_000_000UL, 1)]
    [InlineData(29, ulong.MaxValue, 0)]
    [InlineData(127, ulong.MaxValue, 0)]
    [InlineData(0x80, 3UL, 3_000_000_000)]
    [InlineData(0x81, 3UL, 1_500_000_000)]
    [InlineData(0x8A, 1536UL, 1_500_000_000)]
    [InlineData(0xA0, (3UL << 31) + 5, 1_500_000_001)]
    [InlineData(0xC0, ulong.MaxValue, 999_999_999)]
    [InlineData(0xFF, ulong.MaxValue, 0)]
    public void A_tick_is_what_the_interface_says(int resolution, ulong ticks, long nanoseconds)
    {
        var file = CaptureFileBuilder.PcapNgWithoutInterface().Interface(LinkType.Ethernet, (byte)resolution).Enhanced(0, ticks, [1]).ToArray();
        Assert.Equal(nanoseconds, ReadCapture.Of(file).Frames[0].Time);
    }

    [Theory]
    [InlineData(1_700_000_000)]
    [InlineData(-3600)]
    public void An_interface_s_time_offset_is_added(long offset)
    {
        var file = CaptureFileBuilder.PcapNgWithoutInterface(bigEndian: true).Interface(LinkType.Ethernet, 6, offset).Enhanced(0, 5, [1]).ToArray();
        Assert.Equal((offset * Timestamp.PerSecond) + 5000, ReadCapture.Of(file).Frames[0].Time);
    }

    [Fact]
    public void Sections_have_their_own_byte_order_and_interfaces()
    {
        var file = CaptureFileBuilder.PcapNg(LinkType.Ethernet).Interface(LinkType.Raw)
            .Enhanced(1, 1_000_000, [1]).Enhanced(0, 2_000_000_000, [2])
            .Section(bigEndian: true).Interface(LinkType.Null).Enhanced(0, 3_000_000, [3]).Obsolete(0, 4_000_000, [4, 4, 4, 4, 4])
            .Section(bigEndian: false).Interface(LinkType.Ipv6).Simple([5, 5, 5])
            .ToArray();

        var read = ReadCapture.Of(file);

        Assert.Empty(read.Damages);
        Assert.Equal([(101, 1L, "01"), (1, 2, "02"), (0, 3, "03"), (0, 4, "0404040404"), (229, 0, "050505")], read.Frames.Select(f => ((int)f.Link, f.Time / Timestamp.PerSecond, f.Data)));
    }

    [Fact]
    public void A_simple_packet_is_as_long_as_the_snap_length_leaves_it()
    {
        var file = CaptureFileBuilder.PcapNg(snapLength: 6).Simple([1, 2, 3, 4, 5, 6, 7, 8, 9]).Simple([1, 2]).ToArray();
        var read = ReadCapture.Of(file);
        Assert.Equal([("010203040506", 9u), ("0102", 2u)], read.Frames.Select(f => (f.Data, f.OriginalLength)));
    }

    [Fact]
    public void Blocks_that_are_no_packets_are_passed_over()
    {
        var builder = CaptureFileBuilder.PcapNg();
        foreach (var type in new uint[] { 5, 9, 0xBAD, 0x4000_0BAD, 0x8000_0001, 77 }) builder.Block(type, new byte[type == 77 ? 2_000_000 : 40]).Frame(default, [(byte)type]);
        var read = ReadCapture.Of(builder.ToArray());
        Assert.Equal(["05", "09", "AD", "AD", "01", "4D"], read.Frames.Select(f => f.Data));
        Assert.Empty(read.Damages);
    }

    [Fact]
    public void A_key_log_inside_is_kept_once_and_other_secrets_are_not()
    {
        const string Log = "CLIENT_RANDOM 00 11\n";
        var file = CaptureFileBuilder.PcapNg().Secrets(Log).Secrets("ssh", 0x5353_484B).Secrets(Log).Secrets("SERVER_x 1 2").Frame(default, [1]).ToArray();
        var read = ReadCapture.Of(file);
        Assert.Equal([Log, "SERVER_x 1 2"], read.Source.KeyLogs.Select(k => Encoding.ASCII.GetString(k.Span)));
        Assert.Empty(read.Damages);
    }

    [Fact]
    public void Names_inside_are_kept()
    {
        var v6 = IPAddress.Parse("2001:db8::7");
        var file = CaptureFileBuilder.PcapNg(bigEndian: true).NameOf([10, 0, 0, 1], "one.example").NameOf(v6.GetAddressBytes(), "seven.example").NameOf([10, 0, 0, 1], "later.example").ToArray();
        var names = ReadCapture.Of(file).Source.Names;
        Assert.Equal("one.example", names[IPAddress.Parse("10.0.0.1")]);
        Assert.Equal("seven.example", names[v6]);
    }

    [Fact]
    public void A_key_log_with_a_wrong_length_is_left_out_and_the_frames_go_on()
    {
        var file = CaptureFileBuilder.PcapNg().Block(10, [0x4B, 0x53, 0x4C, 0x54, 200, 0, 0, 0, 1, 2, 3, 4]).Frame(default, [1]).ToArray();
        var read = ReadCapture.Of(file);
        Assert.Single(read.Frames);
        Assert.Single(read.Damages);
        Assert.Empty(read.Source.KeyLogs);
    }

    [Theory]
    [InlineData(1, "Ethernet")]
    [InlineData(127, "IEEE 802.11 radiotap")]
    [InlineData(276, "Linux cooked capture v2")]
    [InlineData(147, "user-defined link type 0")]
    [InlineData(999, "link type 999")]
    public void A_link_type_has_a_name(int code, string name) => Assert.Equal(name, new LinkType((ushort)code).Name);

    private static byte[] Payload(int i) => [.. Enumerable.Range(0, i * 3).Select(n => (byte)(n * 7))];
}
