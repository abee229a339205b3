using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;
using static HandshakeToMermaid.Tests.Builders.ScriptedCapture;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>What a ServerHello shows of downgrades, compression and refused sessions, against the hello that it answers.</summary>
public sealed class ServerHelloRulesTests
{
    /// <summary>RFC 8446 section 4.1.3: a server of TLS 1.3 marks TLS 1.2 with 01 and below with 00; one of TLS 1.2 marks what is below with 00.</summary>
    [Theory]
    [InlineData(0x0303, "0304,0303", 0x0303, 1, true)]
    [InlineData(0x0303, "0304,0303", 0x0302, 0, true)]
    [InlineData(0x0303, "0303", 0x0303, 1, false)]
    [InlineData(0x0303, "", 0x0303, 1, false)]
    [InlineData(0x0303, "", 0x0302, 0, true)]
    [InlineData(0x0303, "", 0x0301, 0, true)]
    [InlineData(0x0302, "", 0x0302, 0, false)]
    [InlineData(0x0302, "", 0x0301, 0, false)]
    [InlineData(0x0303, "", 0x0303, 0, false)]
    [InlineData(0x0303, "7F1C,0303", 0x0303, 1, false)]
    [InlineData(0x0303, "0A0A,0303", 0x0303, 1, false)]
    public void A_marked_random_is_a_downgrade_where_the_client_offers_more(int legacy, string versions, int selected, int mark, bool isFound)
    {
        byte[][] extensions = versions.Length == 0 ? [TlsBytes.ServerName("one.example")] : [TlsBytes.SupportedVersions([.. versions.Split(',').Select(v => Convert.ToInt32(v, 16))])];
        byte[] random = [.. TlsBytes.Fill(24, 0x51), .. "DOWNGRD"u8, (byte)mark];
        var answer = TlsBytes.Message(2, TlsBytes.ServerHelloBody(0x002F, selected, null, random));
        var script = Opened + Client(TlsBytes.Handshake(TlsBytes.Message(1, TlsBytes.ClientHelloBody(legacy, [0x1301, 0x002F], null, extensions)))) + Server(TlsBytes.Handshake(answer, TlsBytes.ServerHelloDone()));
        var finding = Findings(script + "C ACK").SingleOrDefault(f => f.Code == "downgrade-detected");
        Assert.Equal(isFound, finding is not null);
        if (finding is null) return;
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Equal(Severity.Error, Findings(script + Client(TlsBytes.Alert(2, 47)) + "C FIN; S FIN; C ACK").Single(f => f.Code == "downgrade-detected").Severity);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, "DEFLATE")]
    [InlineData(64, "LZS")]
    [InlineData(7, "method 7")]
    public void The_method_of_compression_is_named(int method, string? name)
    {
        var body = TlsBytes.ServerHelloBody(0x002F, 0x0303, null, null);
        body[^1] = (byte)method;
        var finding = Findings(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + Server(TlsBytes.Handshake(TlsBytes.Message(2, body), TlsBytes.ServerHelloDone())) + "C ACK").SingleOrDefault(f => f.Code == "compression-enabled");
        Assert.Equal(name is null ? null : $"the server selected {name}: lengths of records can reveal cookies and tokens (CRIME)", finding?.Cause);
    }

    [Theory]
    [InlineData(0x0303, false)]
    [InlineData(0x0302, true)]
    [InlineData(0x0301, true)]
    [InlineData(0x0300, true)]
    public void Versions_below_1_2_are_obsolete(int version, bool isFound)
    {
        var answer = TlsBytes.Message(2, TlsBytes.ServerHelloBody(0x002F, version));
        var findings = Findings(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello12())) + Server(TlsBytes.Handshake(answer, TlsBytes.ServerHelloDone())) + "C ACK");
        Assert.Equal(isFound, findings.Any(f => f.Code == "obsolete-version"));
    }

    /// <summary>The alert for a version comes of the server for all that was offered, of the client for the one that was selected.</summary>
    [Fact]
    public void Data_in_clear_that_is_answered_by_a_version_alert_is_no_missing_version() =>
        Assert.DoesNotContain(Findings(Opened + Lines("C '*1\r\n$4\r\nping\r\n'; S hex:15030300020246; S FIN; C FIN; S ACK"), 9000), f => f.Code == "no-common-version");

    [Theory]
    [InlineData(0x0018, "no-common-group")]
    [InlineData(0x0017, "alert-illegal-parameter")]
    [InlineData(0x001D, "alert-illegal-parameter")]
    public void A_refused_retry_shows_a_missing_group_where_the_client_does_not_offer_it(int group, string code) =>
        Assert.Equal(code, Findings(Opened + Client(TlsBytes.Handshake(TlsBytes.ClientHello13())) + Server(TlsBytes.Handshake(TlsBytes.HelloRetryRequest(group))) + Client(TlsBytes.Alert(2, 47)) + "C FIN; S FIN; C ACK")[0].Code);

    private static IReadOnlyList<Finding> Findings(string script, ushort port = 443) => Assert.Single(Reading.Of(Of(script, port)).Connections).Findings;
}
