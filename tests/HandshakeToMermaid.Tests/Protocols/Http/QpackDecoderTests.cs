using HandshakeToMermaid.Protocols.Http;

namespace HandshakeToMermaid.Tests.Protocols.Http;

public sealed class QpackDecoderTests
{
    private readonly QpackTable table = new();

    [Fact]
    public void Rfc_9204_appendix_b_reads_byte_for_byte()
    {
        var encoder = new QpackEncoderReader(table);

        // B.1: a literal with a name of the static table.
        Assert.Equal(":path: /index.html", Decode("0000510b2f696e6465782e68746d6c"));

        // B.2: two entries, to which the section refers behind its base.
        encoder.Feed(Hex("3fbd01c00f7777772e6578616d706c652e636f6dc10c2f73616d706c652f70617468"));
        Assert.Equal((220, 106, 2), (table.Capacity, table.Size, table.InsertCount));
        Assert.Equal(":authority: www.example.com, :path: /sample/path", Decode("03811011"));

        // B.3: an entry with a name of its own.
        encoder.Feed(Hex("4a637573746f6d2d6b65790c637573746f6d2d76616c7565"));
        Assert.Equal((160, 3), (table.Size, table.InsertCount));

        // B.4: the section waits for the copy of an entry.
        Assert.Equal("Blocked", Decode("050080c181"));
        encoder.Feed(Hex("02"));
        Assert.Equal((217, 4), (table.Size, table.InsertCount));
        Assert.Equal(":authority: www.example.com, :path: /, custom-key: custom-value", Decode("050080c181"));

        // B.5: the oldest entry leaves.
        encoder.Feed(Hex("810d637573746f6d2d76616c756532"));
        Assert.Equal((215, 5), (table.Size, table.InsertCount));
        Assert.False(table.TryLookUp(0, out _));
        Assert.True(table.TryLookUp(4, out var newest));
        Assert.Equal(new HpackField("custom-key", "custom-value2"), newest);
        Assert.False(encoder.IsBroken);
    }

    [Fact]
    public void An_encoder_stream_reads_the_same_byte_by_byte()
    {
        var encoder = new QpackEncoderReader(table);
        foreach (var one in Hex("3fbd01c00f7777772e6578616d706c652e636f6dc10c2f73616d706c652f706174684a637573746f6d2d6b65790c637573746f6d2d76616c756502")) encoder.Feed([one]);
        Assert.Equal((217, 4), (table.Size, table.InsertCount));
        Assert.False(encoder.IsBroken);
    }

    [Fact]
    public void The_static_table_has_its_99_entries()
    {
        Assert.Equal(99, QpackStaticTable.Count);
        Assert.Equal(new HpackField(":method", "GET"), QpackStaticTable.At(17));
        Assert.Equal(new HpackField(":status", "103"), QpackStaticTable.At(24));
        Assert.Equal(new HpackField("strict-transport-security", "max-age=31536000"), QpackStaticTable.At(56));
        Assert.Equal(new HpackField("x-frame-options", "sameorigin"), QpackStaticTable.At(98));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000ff24")] // static index 99
    [InlineData("000080")] // a dynamic entry in a section that requires none
    [InlineData("0080d1")] // a base below zero
    [InlineData("ff0000")] // more than the table could ever have held
    [InlineData("0000510b2f69")] // cut short
    [InlineData("00002fffffffff7f")] // a name of 268 million bytes
    public void Sections_that_are_invalid_are_refused(string section) => Assert.Equal("Broken", Decode(section));

    [Theory]
    [InlineData("3fe1ff7f")] // a capacity beyond the cap
    [InlineData("00")] // a copy of nothing
    [InlineData("c00161")] // an entry larger than the table, whose capacity is 0
    [InlineData("ff2400")] // static index 99
    public void Instructions_that_are_invalid_end_the_table(string instructions)
    {
        var encoder = new QpackEncoderReader(table);
        encoder.Feed(Hex(instructions));
        Assert.True(encoder.IsBroken);
    }

    [Fact]
    public void Copies_and_references_cost_no_more_than_the_caps()
    {
        // 32 KiB in one entry, then a copy for each byte: every entry shares the text, and the table keeps to its capacity.
        var encoder = new QpackEncoderReader(table);
        encoder.Feed([0x3F, 0xE1, 0xFF, 0x03, .. Hex("41617fe17e"), .. new byte[16 * 1024 - 32]]);
        encoder.Feed(new byte[100_000]);
        Assert.False(encoder.IsBroken);
        Assert.True(table.InsertCount > 100_000);
        Assert.InRange(table.Size, 1, 64 * 1024);

        // One byte for each field: the section is refused at the cap.
        var fields = new List<HpackField>();
        byte[] section = [0x00, 0x00, .. Enumerable.Repeat((byte)0xD1, 5000)];
        Assert.Equal(QpackVerdict.Broken, new QpackDecoder(table).Decode(section, 64 * 1024, fields));
        Assert.InRange(fields.Count, 1, 1024);
    }

    [Fact]
    public void A_required_count_is_read_modulo_the_table_that_the_receiver_allows()
    {
        // 100 bytes hold three entries (RFC 9204 section 4.5.1.1): after nine insertions an encoded 4 means 9.
        var encoder = new QpackEncoderReader(table);
        encoder.Feed([0x3F, 0x45, .. Enumerable.Range(0, 9).SelectMany(i => (byte[])[0x41, (byte)'a', 0x01, (byte)('0' + i)])]);
        Assert.Equal(9, table.InsertCount);
        var fields = new List<HpackField>();
        Assert.Equal(QpackVerdict.Decoded, new QpackDecoder(table).Decode([0x04, 0x00, 0x80], 100, fields));
        Assert.Equal(new HpackField("a", "8"), Assert.Single(fields));

        // Whose limit was not seen cannot be told any more.
        Assert.Equal(QpackVerdict.Broken, new QpackDecoder(table).Decode([0x04, 0x00, 0x80], null, fields));
    }

    private string Decode(string section)
    {
        var fields = new List<HpackField>();
        var verdict = new QpackDecoder(table).Decode(Hex(section), 220, fields);
        return verdict == QpackVerdict.Decoded ? string.Join(", ", fields.Select(f => $"{f.Name}: {f.Value}")) : verdict.ToString();
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text);
}
