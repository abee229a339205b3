using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>Values of DER and BER (X.690 section 8.1), one by one.</summary>
public class DerReaderTests
{
    /// <summary>The content and the end of the first value.</summary>
    [Theory]
    [InlineData("0500", 2, 2, 2)]
    [InlineData("0401AA FF", 2, 3, 3)]
    [InlineData("047F AA*127", 2, 129, 129)]
    [InlineData("048180 AA*128", 3, 131, 131)]
    [InlineData("0481FF AA*255", 3, 258, 258)]
    [InlineData("04820100 AA*256", 4, 260, 260)]
    [InlineData("04817F AA*127", 3, 130, 130)] // longer than needed
    [InlineData("04820001 AA", 4, 5, 5)]
    [InlineData("0483000001 AA", 5, 6, 6)]
    [InlineData("048800000000 00000001 AA", 10, 11, 11)] // eight bytes of length
    [InlineData("1F8101 01AA", 4, 5, 5)] // a tag above 30 (section 8.1.2.4)
    [InlineData("1F01 01AA", 3, 4, 4)]
    [InlineData("BF818001 00", 5, 5, 5)]
    [InlineData("3080 020105 0000 FF", 2, 5, 7)] // indefinite (section 8.1.3.6)
    [InlineData("3080 0000", 2, 2, 4)]
    [InlineData("3080 3080 020105 0000 0500 0000", 2, 11, 13)]
    [InlineData("3080 3080 3080 0000 0000 0000", 2, 10, 12)]
    [InlineData("3080 30020000 0401 00 0000", 2, 9, 11)]
    [InlineData("3080 0001AA 0500 0000", 2, 7, 9)]
    [InlineData("3080 0482 0001 00 0000", 2, 7, 9)]
    public void A_value_is_where_its_length_says(string hex, int content, int contentEnd, int end)
    {
        var reader = new DerReader(Decoded.Bytes(hex));
        Assert.Equal(new DerValue(0, content, contentEnd, end), reader.Any("x"));
        Assert.Equal((end, default), (reader.Offset, reader.Fault));

        // Going into it leads to the same content, and out of it to the same end.
        reader = new DerReader(Decoded.Bytes(hex));
        var box = reader.Enter(reader.NextTag, "x");
        Assert.Equal((content, content < contentEnd), (reader.Offset, reader.HasMore));
        while (reader.HasMore) reader.Any("y");
        Assert.Equal(hex.StartsWith('3') || content == contentEnd ? contentEnd : reader.Offset, reader.Offset);
        reader.Leave(box);
        if (!reader.Fault.IsFault) Assert.Equal(end, reader.Offset);
    }

    [Theory]
    [InlineData("", FaultKind.Short)]
    [InlineData("04", FaultKind.Short)]
    [InlineData("0401", FaultKind.Short)]
    [InlineData("047F AA*126", FaultKind.Short)]
    [InlineData("0481", FaultKind.Short)]
    [InlineData("048201", FaultKind.Short)]
    [InlineData("048180 AA*127", FaultKind.Short)]
    [InlineData("048800000001 00000000", FaultKind.Short)] // 4 GB
    [InlineData("0488FFFFFFFF FFFFFFFF", FaultKind.Short)] // beyond what a length can be
    [InlineData("04888000000000000000 AA", FaultKind.Short)]
    [InlineData("048800", FaultKind.Short)]
    [InlineData("0489 00*8 01 AA", FaultKind.BadValue)] // nine bytes of length
    [InlineData("0489", FaultKind.BadValue)]
    [InlineData("04FF", FaultKind.BadValue)]
    [InlineData("1F", FaultKind.Short)]
    [InlineData("1F81", FaultKind.Short)]
    [InlineData("1F8101", FaultKind.Short)]
    [InlineData("3080", FaultKind.Short)]
    [InlineData("3080 00", FaultKind.Short)]
    [InlineData("3080 020105", FaultKind.Short)]
    [InlineData("3080 020105 00", FaultKind.Short)]
    [InlineData("3080 0203 0000", FaultKind.Short)]
    [InlineData("3080 3080 0000 00", FaultKind.Short)]
    [InlineData("3080 0500", FaultKind.Short)]
    [InlineData("3080 0489 00*8", FaultKind.BadValue)]
    internal void A_value_that_does_not_fit_is_a_fault_and_not_there(string hex, FaultKind kind)
    {
        var bytes = Decoded.Bytes(hex);
        var reader = new DerReader(bytes);
        Assert.False(reader.Any("x").IsSet);
        Assert.Equal((kind, "x", false, 0), (reader.Fault.Kind, reader.Fault.Field, reader.HasMore, reader.NextTag));
        Assert.False(reader.Any("y").IsSet);
        Assert.False(reader.Take(0x04, "y").IsSet);
        Assert.Equal("x", reader.Fault.Field);
        if (kind == FaultKind.Short) Assert.Equal(0, reader.Fault.Offset);
    }

    [Fact]
    public void A_thousand_indefinite_values_in_each_other_end_where_they_do()
    {
        byte[] bytes = [.. Enumerable.Repeat<byte[]>([0x30, 0x80], 1000).SelectMany(b => b), .. new byte[2000]];
        var reader = new DerReader(bytes);
        Assert.Equal(new DerValue(0, 2, 3998, 4000), reader.Any("x"));
        var cut = new DerReader(bytes.AsSpan(0, 3999));
        cut.Any("x");
        Assert.Equal(new WireFault(FaultKind.Short, 0, "x"), cut.Fault);
    }

    [Fact]
    public void A_value_of_another_tag_is_a_fault_where_it_stands_and_an_optional_one_is_left()
    {
        byte[] bytes = [0x05, 0x00, 0x02, 0x01, 0x07];
        var reader = new DerReader(bytes);
        Assert.Null(reader.Optional(0x02, "x"));
        Assert.Equal((0, 0x05), (reader.Offset, reader.NextTag));
        Assert.Equal(new DerValue(0, 2, 2, 2), reader.Optional(0x05, "x"));
        Assert.False(reader.Take(0x04, "y").IsSet);
        Assert.Equal(new WireFault(FaultKind.BadValue, 2, "y"), reader.Fault);

        var other = new DerReader(bytes);
        other.Enter(0x30, "z");
        Assert.Equal(new WireFault(FaultKind.BadValue, 0, "z"), other.Fault);
    }

    [Fact]
    public void A_value_that_is_cut_is_entered_and_what_is_there_is_read()
    {
        byte[] bytes = [0x30, 0x05, 0x02, 0x01, 0x07];
        var reader = new DerReader(bytes);
        var box = reader.Enter(0x30, "x");
        Assert.Equal(7, reader.Content(reader.Take(0x02, "y"))[0]);
        Assert.False(reader.HasMore);
        reader.Leave(box);
        Assert.Equal(new WireFault(FaultKind.Short, 5, "x"), reader.Fault);
    }

    [Fact]
    public void What_is_left_in_a_value_is_a_fault_and_nothing_behind_it_is_read_inside()
    {
        byte[] bytes = [0x30, 0x05, 0x02, 0x01, 0x07, 0x05, 0x00, 0x05, 0x00];
        var reader = new DerReader(bytes);
        var box = reader.Enter(0x30, "x");
        reader.Take(0x02, "y");
        reader.Leave(box);
        Assert.Equal(new WireFault(FaultKind.Trailing, 5, "x"), reader.Fault);
        Assert.Equal(5, reader.Offset);

        reader = new DerReader(bytes);
        box = reader.Enter(0x30, "x");
        while (reader.HasMore) reader.Any("y");
        reader.Leave(box);
        Assert.Equal((7, true), (reader.Offset, reader.HasMore));
    }
}
