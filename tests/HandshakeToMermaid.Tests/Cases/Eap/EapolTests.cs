using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Eap;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Laws;

namespace HandshakeToMermaid.Tests.Cases.Eap;

/// <summary>EAP on the link: captures of this folder (see record-eapol.sh), the same on other links, and frames that look alike.</summary>
public sealed class EapolTests
{
    [Theory]
    [InlineData("eapol-tls12", "EAP-TLS", "TLS 1.2")]
    [InlineData("eapol-tls13", "EAP-TLS", "TLS 1.3")]
    [InlineData("eapol-peap", "PEAP", "TLS 1.2")]
    [InlineData("eapol-group", "EAP-TLS", "TLS 1.2")]
    [InlineData("eapol-cooked", "EAP-TLS", "TLS 1.2")]
    public void The_handshake_between_supplicant_and_authenticator_is_read(string name, string method, string version)
    {
        var (connections, summary) = Reading.Of(File.ReadAllBytes(PathOf(name)));
        var found = Assert.Single(connections).Connection;
        AssertIsWhole(found, method);
        Assert.Equal(version, found.FactsOf<TlsFacts>()!.Version?.Name);
        Assert.DoesNotContain(summary.UnparsedEncapsulations, u => u.Tally.First < found.Last.Frame);
    }

    [Fact]
    public void Supplicant_and_authenticator_are_drawn_and_the_identity_is_not()
    {
        var text = Drawn(MemoryCapture.Of("group", PathOf("eapol-group")).Read());
        string[] shown = ["Supplicant<br/>02:00:00:00:00:01", "Authenticator<br/>02:00:00:00:01:00", "C->>S: EAPOL-Start", "S-->>C: EAP Request, Identity", "C->>S: EAP Response, Identity", "EAP-TLS Start", "EAP Success", "C->>S: EAPOL-Logoff", "EAP over LAN"];
        Assert.All(shown, s => Assert.Contains(s, text, StringComparison.Ordinal));
        Assert.DoesNotContain("somebody", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_supplicants_at_once_are_connections_of_their_own()
    {
        var found = MemoryCapture.Of("two", PathOf("eapol-two")).Read();
        Assert.Equal(["02:00:00:00:00:02", "02:00:00:00:00:01"], found.Select(f => f.Connection.Client.Endpoint?.ToString()));
        Assert.True(found[1].Connection.First.Frame < found[0].Connection.Last.Frame);
        Assert.All(found, f => Assert.Equal((OutcomeClass.Established, 0), (f.Connection.Outcome.Class, f.Connection.Unparsed.Count)));
    }

    [Fact]
    public void A_supplicant_that_does_not_trust_the_server_sends_its_alert()
    {
        var found = Assert.Single(Reading.Of(PathOf("eapol-unknown-authority"))).Connection;
        Assert.Equal((OutcomeClass.Alert, OutcomeActor.Client, false), (found.Outcome.Class, found.Outcome.By, found.FactsOf<EapFacts>()!.IsAccepted));
    }

    public static TheoryData<string> Links => [.. OtherLinks.Keys];

    [Theory]
    [MemberData(nameof(Links))]
    public void The_same_frames_on_another_link_are_the_same_conversation(string link)
    {
        var (type, wrap) = OtherLinks[link];
        var capture = MemoryCapture.Of(link, PathOf("eapol-tls12"));
        var wrapped = capture with { Frames = [.. capture.Frames.Select(f => f with { Link = type, Data = wrap(f.Data), OriginalLength = (uint)wrap(f.Data).Length })] };
        AssertIsWhole(Assert.Single(wrapped.Read()).Connection, "EAP-TLS");
    }

    [Fact]
    public void What_was_captured_twice_is_one_connection()
    {
        var capture = MemoryCapture.Of("twice", PathOf("eapol-tls12"));
        var twice = capture.Frames.SelectMany(f => (MemoryFrame[])[f, f with { Data = Tagged(f.Data, 7), OriginalLength = (uint)f.Data.Length + 4 }]).Select((f, i) => f with { Number = i + 1 });
        AssertIsWhole(Assert.Single((capture with { Frames = [.. twice] }).Read()).Connection, "EAP-TLS");
    }

    [Fact]
    public void Of_a_supplicant_alone_nothing_but_the_group_address_is_known()
    {
        var capture = MemoryCapture.Of("one side", PathOf("eapol-tls12"));
        var found = Assert.Single((capture with { Frames = [.. capture.Frames.Where(f => f.Data[11] == 1)] }).Read()).Connection;
        Assert.Equal(("02:00:00:00:00:01", "01:80:c2:00:00:03"), (found.Client.Endpoint?.ToString(), found.Server.Endpoint?.ToString()));
        Assert.Equal(OutcomeClass.OneSided, found.Outcome.Class);
    }

    /// <summary>Keys, MACsec key agreement, another version, a body that is longer than its frame, an EAP packet that stops short, a group as a sender, and a question without an answer.</summary>
    [Theory]
    [InlineData("02:00:00:00:00:01", "02 03 00 05 00 00 00 00 00")]
    [InlineData("02:00:00:00:00:01", "03 05 00 05 02 01 00 05 01")]
    [InlineData("02:00:00:00:00:01", "00 00 00 05 02 01 00 05 01")]
    [InlineData("02:00:00:00:00:01", "04 00 00 05 02 01 00 05 01")]
    [InlineData("02:00:00:00:00:01", "02 00 00 05 02 01 00 05")]
    [InlineData("02:00:00:00:00:01", "02 00 00 03 02 01 00")]
    [InlineData("02:00:00:00:00:01", "02 00 00 05 02 01 00 03 01")]
    [InlineData("02:00:00:00:00:01", "02 00 00 05 05 01 00 05 01")]
    [InlineData("03:00:00:00:00:01", "02 00 00 05 02 01 00 05 01")]
    [InlineData("02:00:00:00:00:01", "02 01 00 00")]
    [InlineData("02:00:00:00:00:01", "02 02 00 00")]
    [InlineData("02:00:00:00:00:01", "02")]
    [InlineData("02:00:00:00:00:01", "02 00 00 05 01 01 00 05 01")]
    [InlineData("02:00:00:00:00:01", "02 00 00 04 03 01 00 04")]
    public void What_is_no_conversation_is_named_and_nothing_more(string sender, string frame)
    {
        byte[] bytes = [1, 0x80, 0xC2, 0, 0, 3, .. Bytes(sender), 0x88, 0x8E, .. Bytes(frame)];
        var file = CaptureFileBuilder.Pcap();
        for (var i = 0; i < 12; i++) file.Frame(new Timestamp(i * 1_000_000L), bytes);
        var (connections, summary) = Reading.Of(file.ToArray());
        Assert.Empty(connections);
        Assert.Equal(("EAPOL (EtherType 0x888e)", 12L), Assert.Single(summary.UnparsedEncapsulations) is var named ? (named.Name, named.Tally.Frames) : default);
    }

    [Fact]
    public void A_response_with_an_identity_is_a_conversation()
    {
        byte[] bytes = [1, 0x80, 0xC2, 0, 0, 3, 2, 0, 0, 0, 0, 1, 0x88, 0x8E, 2, 0, 0, 5, 2, 1, 0, 5, 1];
        Assert.Equal("eapol", Assert.Single(Reading.Of(CaptureFileBuilder.Pcap().Frame(default, bytes).ToArray()).Connections).Connection.Transport);
    }

    [Fact]
    public void Many_supplicants_that_only_begin_are_forgotten_and_counted()
    {
        var file = CaptureFileBuilder.Pcap();
        for (var i = 0; i < 6000; i++) file.Frame(new Timestamp(i * 1000L), [1, 0x80, 0xC2, 0, 0, 3, 2, 0, 0, 0, (byte)(i >> 8), (byte)i, 0x88, 0x8E, 2, 1, 0, 0]);
        var (connections, summary) = Reading.Of(file.ToArray());
        Assert.Empty(connections);
        Assert.Equal(6000, Assert.Single(summary.UnparsedEncapsulations).Tally.Frames);
    }

    [Fact]
    public void Lost_frames_invent_nothing_in_a_conversation_with_the_group_address()
    {
        var capture = MemoryCapture.Of("group", PathOf("eapol-group"));
        foreach (var way in Enum.GetValues<WayOfReading>())
        {
            var whole = capture.Read(way);
            Assert.Empty(LossIsSaid.Losses(capture).SelectMany(loss => LossIsSaid.Violations(whole, loss.Left, [], way).Select(v => $"{way}, {loss.What}: {v}")));
        }
    }

    [Theory]
    [InlineData("02:00:5e:10:00:01", "02:00:5e:10:00:01")]
    [InlineData("AA:BB:CC:DD:EE:FF", "aa:bb:cc:dd:ee:ff")]
    [InlineData("02:00:5e:10:00", null)]
    [InlineData("02:00:5e:10:00:1", null)]
    [InlineData("02-00-5e-10-00-01", null)]
    [InlineData("02:00:5e:10:00:0g", null)]
    [InlineData("::5e:10:00:00:001", "::5e:10:0:0:1")]
    [InlineData("ff00::200:5e10:1", "02:00:5e:10:00:01")]
    public void A_link_layer_address_is_read_and_written(string text, string? expected) => Assert.Equal(expected, IpAddress.Parse(text)?.ToString());

    private static void AssertIsWhole(Connection found, string method)
    {
        var (eap, tls) = (found.FactsOf<EapFacts>()!, found.FactsOf<TlsFacts>()!);
        Assert.Equal(("eapol", method, true, "02:00:00:00:00:01"), (found.Transport, eap.Method, eap.IsAccepted, found.Client.Endpoint?.ToString()));
        Assert.Equal(("02:00:00:00:01:00", OutcomeClass.Established), (found.Server.Endpoint?.ToString(), found.Outcome.Class));
        Assert.Empty(found.Unparsed);
        Assert.All(tls.Verifications.Where(v => v.Verdict != VerificationVerdict.NotChecked), v => Assert.Equal(VerificationVerdict.Valid, v.Verdict));
        Assert.Equal(["EAPOL-Start", "EAP Request, Identity", "EAP Response, Identity", $"{method} Start"], eap.Steps.Take(4).Select(s => s.Title));
    }

    private static readonly byte[] Snap = [0xAA, 0xAA, 3, 0, 0, 0];

    /// <summary>Each makes a frame of another link from an Ethernet frame.</summary>
    private static readonly Dictionary<string, (LinkType Type, Func<byte[], byte[]> Wrap)> OtherLinks = new()
    {
        ["vlan"] = (LinkType.Ethernet, f => Tagged(f, 5)),
        ["qinq"] = (LinkType.Ethernet, f => Tagged(Tagged(f, 5), 6)),
        ["snap"] = (LinkType.Ethernet, f => [.. f[..12], .. TlsBytes.U16(f.Length - 6), .. Snap, .. f[12..]]),
        ["cooked"] = (LinkType.LinuxSll, f => [0, 0, 0, 1, 0, 6, .. f[6..12], 0, 0, .. f[12..]]),
        ["wi-fi"] = (new LinkType(105), Wifi),
        ["radiotap"] = (new LinkType(127), f => TunnelBuilder.Radiotap(Wifi(f))),
        ["a-msdu"] = (new LinkType(105), f => [0x88, 1, 0, 0, .. f[..6], .. f[6..12], .. f[..6], 0, 0, 0x80, 0, .. f[..12], .. TlsBytes.U16(f.Length - 6), .. Snap, .. f[12..]]),
        ["vxlan"] = (LinkType.Ethernet, f => TunnelBuilder.OverUdp(4789, TunnelBuilder.Vxlan(f))),
    };

    private static byte[] Tagged(byte[] frame, byte vlan) => [.. frame[..12], 0x81, 0, 0, vlan, .. frame[12..]];

    /// <summary>To the access point from the supplicant, from it elsewhere: of the three addresses one is that of the network.</summary>
    private static byte[] Wifi(byte[] f) => f[11] == 1
        ? [0x08, 1, 0, 0, 2, 0, 0, 0, 9, 9, .. f[6..12], .. f[..6], 0, 0, .. Snap, .. f[12..]]
        : [0x08, 2, 0, 0, .. f[..6], 2, 0, 0, 0, 9, 9, .. f[6..12], 0, 0, .. Snap, .. f[12..]];

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal));

    private static string Drawn(IReadOnlyList<DiagnosedConnection> found) => MermaidRenderer.Render(new DiagramBuilder(new DiagramOptions()).Build(found));

    private static string PathOf(string name) => Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Cases", "Eap", name + ".pcap");
}
