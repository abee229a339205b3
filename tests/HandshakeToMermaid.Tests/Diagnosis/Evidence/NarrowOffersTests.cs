using HandshakeToMermaid.Diagnosis.Evidence;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Evidence;

/// <summary>A server's handshake_failure does not say what it lacked: it is laid to the part of the hello that offers much less than clients do, where there is one.</summary>
public sealed class NarrowOffersTests
{
    private const string Full = "1301,1302,1303,C02B,C02F";
    private const string BothGroups = "001D,0017";
    private const string BothKeys = "0403,0804";

    [Theory]
    [InlineData(Full, BothGroups, BothKeys, "alert-handshake-failure")]
    [InlineData("1301,1302,1303", BothGroups, BothKeys, "alert-handshake-failure")]
    [InlineData("1301,1302", BothGroups, BothKeys, "no-common-cipher-suite")]
    [InlineData("1301,1302,C02F", BothGroups, BothKeys, "alert-handshake-failure")]
    [InlineData("1301,C02F", BothGroups, BothKeys, "alert-handshake-failure")]
    [InlineData("0A0A,1301,1302,00FF", BothGroups, BothKeys, "no-common-cipher-suite")]
    [InlineData("C02B,C02F", BothGroups, BothKeys, "alert-handshake-failure")]
    [InlineData("C02F,C030", BothGroups, BothKeys, "no-common-cipher-suite")]
    [InlineData("C02F,002F", BothGroups, BothKeys, "no-common-cipher-suite")]
    [InlineData("C02B,C02F,C013", BothGroups, BothKeys, "alert-handshake-failure")]
    [InlineData("C009,C013", BothGroups, BothKeys, "no-common-cipher-suite")]
    [InlineData("C02B,009E", BothGroups, BothKeys, "no-common-cipher-suite")]
    [InlineData(Full, "001D", BothKeys, "no-common-group")]
    [InlineData(Full, "0A0A,0017", BothKeys, "no-common-group")]
    [InlineData(Full, "0018,0019", BothKeys, "no-common-group")]
    [InlineData(Full, "0017,0018", BothKeys, "alert-handshake-failure")]
    [InlineData(Full, "", BothKeys, "alert-handshake-failure")]
    [InlineData("C02B,C02F", "001D", BothKeys, "no-common-group")]
    [InlineData(Full, BothGroups, "0403", "no-common-signature-scheme")]
    [InlineData(Full, BothGroups, "0804,0401", "no-common-signature-scheme")]
    [InlineData(Full, BothGroups, "", "alert-handshake-failure")]
    [InlineData(Full, BothGroups, "0807", "alert-handshake-failure")]
    [InlineData("1301", "001D", BothKeys, "alert-handshake-failure")]
    [InlineData("1301", BothGroups, "0403", "alert-handshake-failure")]
    [InlineData(Full, "001D", "0403", "alert-handshake-failure")]
    public void The_one_narrow_part_is_blamed_and_of_several_none(string suites, string groups, string schemes, string code) =>
        Assert.Equal(code, Code(Of($"{Opened}{Client(TlsBytes.Handshake(Offer(suites, groups, schemes)))}{Server(TlsBytes.Alert(2, 40))}S FIN; C FIN; S ACK")));

    [Fact]
    public void Groups_are_not_blamed_where_no_suite_needs_one() =>
        Assert.Equal("no-common-cipher-suite", Code(Of($"{Opened}{Client(TlsBytes.Handshake(Offer("009C,002F", "001D", BothKeys)))}{Server(TlsBytes.Alert(2, 40))}S FIN; C FIN; S ACK")));

    [Fact]
    public void No_part_is_blamed_by_another_alert_by_the_clients_or_behind_the_ServerHello()
    {
        var hello = Client(TlsBytes.Handshake(Offer("1301", BothGroups, BothKeys)));
        Assert.Equal("alert-decode-error", Code(Of($"{Opened}{hello}{Server(TlsBytes.Alert(2, 50))}S FIN; C FIN; S ACK")));
        Assert.Equal("alert-handshake-failure", Code(Of($"{Opened}{hello}{Client(TlsBytes.Alert(2, 40))}C FIN; S FIN; C ACK")));
        Assert.Equal("alert-handshake-failure", Code(Of($"{Opened}{hello}{Server(TlsBytes.Handshake(TlsBytes.ServerHello13()), TlsBytes.Alert(2, 40))}S FIN; C FIN; S ACK")));
    }

    [Theory]
    [InlineData(0x0303, "0304,0303", "TLS 1.2 to 1.3", "TLS 1.3")]
    [InlineData(0x0303, "0304", "TLS 1.3", "TLS 1.3")]
    [InlineData(0x0303, "0A0A,0301,0304", "TLS 1.0 to 1.3", "TLS 1.3")]
    [InlineData(0x0303, "7F1C,0303", "TLS 1.2", "TLS 1.2")]
    [InlineData(0x0303, "", "up to TLS 1.2", "TLS 1.2")]
    [InlineData(0x0301, "", "up to TLS 1.0", "TLS 1.0")]
    [InlineData(0x0300, "", "SSL 3.0", "SSL 3.0")]
    public void The_versions_of_an_offer_are_named_without_grease_and_drafts(int legacy, string listed, string versions, string highest)
    {
        byte[][] extensions = listed.Length == 0 ? [TlsBytes.ServerName("one.example")] : [TlsBytes.SupportedVersions(Numbers(listed))];
        var step = Reading.Of(Of(Opened + Client(TlsBytes.Handshake(TlsBytes.Message(1, TlsBytes.ClientHelloBody(legacy, null, null, extensions)))))).Connections[^1].Connection
            .Steps.OfType<HandshakeToMermaid.Protocols.Tls.Steps.TlsMessageStep>().Single();
        var hello = (ClientHello)step.Message;
        Assert.Equal((versions, highest), (HandshakeToMermaid.Diagnosis.Evidence.Offer.Versions(hello), HandshakeToMermaid.Diagnosis.Evidence.Offer.HighestVersion(hello)));
    }

    [Fact]
    public void The_versions_of_a_hello_that_was_not_captured_are_not_known() =>
        Assert.Equal(("unknown versions", "a lower version"), (HandshakeToMermaid.Diagnosis.Evidence.Offer.Versions(null), HandshakeToMermaid.Diagnosis.Evidence.Offer.HighestVersion(null)));

    private static byte[] Offer(string suites, string groups, string schemes)
    {
        List<byte[]> extensions = [TlsBytes.ServerName("one.example"), TlsBytes.SupportedVersions(0x0304, 0x0303)];
        if (groups.Length > 0) extensions.Add(TlsBytes.Groups(Numbers(groups)));
        if (schemes.Length > 0) extensions.Add(TlsBytes.SignatureAlgorithms(Numbers(schemes)));
        return TlsBytes.Message(1, TlsBytes.ClientHelloBody(0x0303, Numbers(suites), null, [.. extensions]));
    }

    private static int[] Numbers(string list) => [.. list.Split(',').Select(number => Convert.ToInt32(number, 16))];

    private static string Code(byte[] capture) => Assert.Single(Reading.Of(capture).Connections).Findings[0].Code;
}
