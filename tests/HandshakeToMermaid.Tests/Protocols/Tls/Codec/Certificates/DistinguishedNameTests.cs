using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Tests.Protocols.Tls.Codec.Certificates;

/// <summary>Names of the directory as text (RFC 5280 section 4.1.2.4, RFC 4514).</summary>
public class DistinguishedNameTests
{
    private const string CommonA = "30 [1 06 [1 550403] 0C [1 41]]";
    private const string CommonB = "30 [1 06 [1 550403] 0C [1 42]]";
    private const string Organization = "30 [1 06 [1 55040A] 13 [1 6F]]";
    private const string Country = "30 [1 06 [1 550406] 13 [1 4445]]";

    [Theory]
    [InlineData("", "", null)]
    [InlineData("30 [1]", "", null)]
    [InlineData("30 [1 31 [1]]", "", null)]
    [InlineData($"30 [1 31 [1] 31 [1 {CommonA}]]", "CN=A", "A")]
    [InlineData($"30 [1 31 [1 {Country}] 31 [1 {Organization}] 31 [1 {CommonA}]]", "CN=A, O=o, C=DE", "A")]
    [InlineData($"30 [1 31 [1 {CommonA}] 31 [1 {Organization}] 31 [1 {Country}]]", "CN=A, O=o, C=DE", "A")]
    [InlineData($"30 [1 31 [1 {Country}] 31 [1 {CommonA}] 31 [1 {Organization}]]", "CN=A, O=o, C=DE", "A")]
    [InlineData($"30 [1 31 [1 {Country}] 31 [1 {CommonA}] 31 [1 {CommonB}]]", "CN=B, CN=A, C=DE", "B")]
    [InlineData($"30 [1 31 [1 {CommonA}] 31 [1 {Country}] 31 [1 {CommonB}]]", "CN=B, CN=A, C=DE", "B")]
    [InlineData($"30 [1 31 [1 {Organization} {CommonA} {Country} {CommonB}]]", "CN=A+CN=B+O=o+C=DE", "B")]
    [InlineData($"30 [1 31 [1 {Organization} {Country}]]", "O=o+C=DE", null)]
    [InlineData("30 [1 31 [1 30 [1 06 [1 2A03] 0C [1 41]]]]", "1.2.3=A", null)]
    [InlineData($"30 [1 31 [1 {CommonA}] 31 [1 30 [1 06 [1 55040A] 13 03 6F]]]", "CN=A", "A")] // a value that is cut
    [InlineData($"30 [1 31 [1 {CommonA}] 31 [1 30 [1 06 [1 550403] 0C 03 42]]]", "CN=A", "A")]
    [InlineData($"30 [1 31 [1 {CommonA} 05 00]]", "CN=A", "A")]
    [InlineData($"30 [1 {CommonA}]", "", null)] // no set around it
    public void A_name_is_written_common_name_first(string hex, string text, string? commonName)
    {
        var der = Decoded.Bytes(hex);
        Assert.Equal((text, commonName), (DistinguishedName.Text(der), DistinguishedName.CommonName(der)));
    }

    [Theory]
    [InlineData("41 2C 42", @"A\,B")]
    [InlineData("2B 22 5C 3C 3E 3B", @"\+\""\\\<\>\;")]
    [InlineData("23 41 23", @"\#A#")]
    [InlineData("20 41 20 42 20", @"\ A B\ ")]
    [InlineData("20", @"\ ")]
    [InlineData("00 0A 1F 7F", @"\00\0A\1F\7F")]
    [InlineData("21 3D 7E C3A9", "!=~é")]
    [InlineData("", "")]
    public void Characters_that_mean_something_are_escaped(string hex, string text)
    {
        var der = Decoded.Bytes($"30 [1 31 [1 30 [1 06 [1 550403] 0C [1 {hex}]]]]");
        Assert.Equal($"CN={text}", DistinguishedName.Text(der));
    }

    [Theory]
    [InlineData(0x0C, "C3A9", "é")]
    [InlineData(0x0C, "E9", "\uFFFD")]
    [InlineData(0x1E, "00E9 4E2D", "é中")]
    [InlineData(0x1C, "000000E9 0001F600", "é😀")]
    [InlineData(0x14, "E9", "é")]
    [InlineData(0x13, "41", "A")]
    [InlineData(0x16, "41", "A")]
    public void Each_kind_of_string_is_read_as_it_is_written(byte tag, string hex, string text)
    {
        var der = Decoded.Bytes($"30 [1 31 [1 30 [1 06 [1 550403] {tag:X2} [1 {hex}]]]]");
        Assert.Equal(($"CN={text}", text), (DistinguishedName.Text(der), DistinguishedName.CommonName(der)));
    }
}
