using System.Formats.Asn1;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

public class DerTextTests
{
    [Theory]
    [InlineData("1.2.840.113549.1.1.11")]
    [InlineData("2.5.29.17")]
    [InlineData("0.9.2342.19200300.100.1.25")]
    [InlineData("2.999.3")]
    [InlineData("2.25.9223372036854775807")] // nine groups of seven bits
    [InlineData("2.25.9223372036854775808")] // ten
    [InlineData("2.25.329800735698586629295641978511506172918")]
    [InlineData("2.329800735698586629295641978511506172918.1")]
    [InlineData("1.39.0")]
    [InlineData("2.0.1")]
    [InlineData("0.0")]
    [InlineData("0.39.1")]
    [InlineData("1.0.8571.2")]
    [InlineData("2.39")]
    [InlineData("2.40")]
    [InlineData("2.9223372036854775727")] // with the first arc, nine groups
    [InlineData("2.9223372036854775728")] // ten
    public void An_identifier_is_written_with_dots(string oid)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(oid);

        Assert.Equal(oid, DerText.ObjectIdentifier(writer.Encode().AsSpan(2)));
    }

    [Theory]
    [InlineData(new byte[0], "#")]
    [InlineData(new byte[] { 0x2A, 0x86 }, "#2a86")]
    public void What_is_no_identifier_is_written_in_hex(byte[] content, string text) => Assert.Equal(text, DerText.ObjectIdentifier(content));

    [Theory]
    [InlineData(64, "2.47.127")]
    [InlineData(65, "#7f")]
    public void An_identifier_of_more_than_64_bytes_is_shown_by_its_start(int length, string start)
    {
        var text = DerText.ObjectIdentifier(Enumerable.Repeat((byte)0x7F, length).ToArray());
        Assert.StartsWith(start, text, StringComparison.Ordinal);
        if (start[0] == '#') Assert.Equal(1 + (2 * 64), text.Length);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("05", 5)]
    [InlineData("0100", 256)]
    [InlineData("0000000005", 5)]
    [InlineData("7FFFFFFF", int.MaxValue)]
    [InlineData("0080000000", int.MaxValue)]
    [InlineData("FFFFFFFFFFFFFFFFFF", int.MaxValue)]
    public void A_number_is_read_up_to_the_largest(string hex, int number) => Assert.Equal(number, DerText.Number(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("", false)]
    [InlineData("00", false)]
    [InlineData("01", true)]
    [InlineData("FF", true)]
    public void What_is_not_zero_is_true(string hex, bool isTrue) => Assert.Equal(isTrue, DerText.IsTrue(Convert.FromHexString(hex)));

    [Theory]
    [InlineData(new byte[0], "")]
    [InlineData(new byte[] { 0x7F }, "7f")]
    [InlineData(new byte[] { 0x80 }, "-80")]
    [InlineData(new byte[] { 0 }, "0")]
    [InlineData(new byte[] { 0x0A, 0x1B }, "a1b")]
    [InlineData(new byte[] { 0x00, 0xFF }, "ff")]
    [InlineData(new byte[] { 0xFF }, "-1")]
    [InlineData(new byte[] { 0x80, 0x00 }, "-8000")]
    public void An_integer_is_written_in_hex(byte[] content, string text) => Assert.Equal(text, DerText.HexInteger(content));

    [Theory]
    [InlineData(new byte[] { 0x00, 0x80, 0x00 }, 16)]
    [InlineData(new byte[] { 0x01 }, 1)]
    [InlineData(new byte[] { 0x00 }, 0)]
    [InlineData(new byte[0], 0)]
    public void Bits_are_counted_from_the_highest_that_is_set(byte[] content, int bits) => Assert.Equal(bits, DerText.Bits(content));
}
