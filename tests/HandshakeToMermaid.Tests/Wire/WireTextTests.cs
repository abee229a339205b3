using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Wire;

/// <summary>Slices, lists of codes and names.</summary>
public sealed class WireTextTests
{
    [Fact]
    public void What_was_taken_last_is_kept_as_a_place_in_the_message()
    {
        byte[] body = [1, 2, 3, 4, 5];
        var reader = new WireReader(body);
        reader.U8("first");
        var taken = reader.Take(2, "second");
        Assert.True(reader.Keep(body, taken).Equals(body.AsMemory(1, 2)));
    }

    [Fact]
    public void A_name_that_is_not_UTF8_loses_no_byte()
    {
        Assert.Equal("é", WireText.Decode([0xC3, 0xA9]));
        Assert.Equal("Ã", WireText.Decode([0xC3]));
    }

    [Fact]
    public void Codes_of_two_bytes_are_in_network_order()
    {
        var reader = new WireReader([0x13, 0x01, 0xC0, 0x2B, 9]);
        Assert.Equal([0x1301, 0xC02B], reader.Codes16(4, "cipher_suites", code => (int)code));
        Assert.Equal(4, reader.Offset);
        Assert.False(reader.Fault.IsFault);
    }

    [Fact]
    public void A_list_of_codes_of_two_bytes_with_an_odd_length_is_a_fault()
    {
        var reader = new WireReader([0x13, 0x01, 0xC0]);
        Assert.Empty(reader.Codes16(3, "cipher_suites", code => code));
        Assert.Equal(new WireFault(FaultKind.BadValue, 0, "cipher_suites"), reader.Fault);
    }

    [Fact]
    public void Codes_of_one_byte_are_read_one_by_one()
    {
        var reader = new WireReader([1, 0, 2]);
        Assert.Equal([1, 0], reader.Codes8(2, "compression_methods", code => (int)code));
        Assert.Equal(2, reader.Offset);
        Assert.Empty(reader.Codes8(2, "compression_methods", code => code));
        Assert.Equal(new WireFault(FaultKind.Short, 2, "compression_methods"), reader.Fault);
    }

    [Fact]
    public void A_fault_is_one_clause_that_names_the_field_and_the_place()
    {
        Assert.Equal("no fault", default(WireFault).ToString());
        Assert.False(default(WireFault).IsFault);
        Assert.Equal("random is truncated at byte 41", new WireFault(FaultKind.Short, 41, "random").ToString());
        Assert.Equal("extra bytes after ClientHello at byte 41", new WireFault(FaultKind.Trailing, 41, "ClientHello").ToString());
        Assert.Equal("session_id has an invalid value at byte 41", new WireFault(FaultKind.BadValue, 41, "session_id").ToString());
        Assert.Equal("extensions declares a length above the limit at byte 41", new WireFault(FaultKind.TooLong, 41, "extensions").ToString());
    }
}
