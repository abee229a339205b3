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
