using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Link;
using HandshakeToMermaid.Tests.Builders;
using static HandshakeToMermaid.Tests.Packets.Decoding;

namespace HandshakeToMermaid.Tests.Packets.Link;

/// <summary>EAPOL frames (IEEE 802.1X-2010 section 11.3) by their header, and whose they are by the addresses of their link.</summary>
public sealed class EapolFrameTests
{
    private const string Supplicant = "02:00:00:00:00:01";
    private const string Authenticator = "02:00:00:00:00:02";
    private static readonly byte[] From = [2, 0, 0, 0, 0, 1];
    private static readonly byte[] To = [2, 0, 0, 0, 0, 2];
    private static readonly byte[] Other = [2, 0, 0, 0, 0, 3];
    private static readonly byte[] Snap = [0xAA, 0xAA, 3, 0, 0, 0, 0x88, 0x8E];
    private static readonly byte[] Identity = [1, 0, 0, 5, 1, 9, 0, 5, 1];

    [Theory]
    [InlineData("01 01 0000", PacketKind.Eapol)] // start
    [InlineData("03 02 0000", PacketKind.Eapol)] // logoff
    [InlineData("02 00 0004 03090004", PacketKind.Eapol)] // success
    [InlineData("02 00 0003 030900", PacketKind.Other)] // no whole header of EAP
    [InlineData("02 03 0000", PacketKind.Other)] // key
    [InlineData("03 05 0000", PacketKind.Other)] // key agreement of MACsec
    [InlineData("00 01 0000", PacketKind.Other)]
    [InlineData("04 01 0000", PacketKind.Other)]
    [InlineData("01 01 0001", PacketKind.Other)] // longer than the frame
    [InlineData("01 01 00", PacketKind.Other)]
    internal void EAP_its_start_and_its_end_are_read(string hex, PacketKind kind)
    {
        var eapol = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var decoder = Decoder();
        decoder.Decode(PacketBuilder.Frame([.. To, .. From, 0x88, 0x8E, .. eapol], 7), out var packet);
        Assert.Equal(kind, packet.Kind);
        if (kind == PacketKind.Eapol) Assert.Equal((Convert.ToHexString(eapol), eapol.Length, Supplicant, Authenticator), (Convert.ToHexString(packet.Payload), packet.PayloadLength, packet.Source.ToString(), packet.Destination.ToString()));
        Assert.Equal(kind == PacketKind.Eapol ? [] : [new UnparsedEncapsulation("EAPOL (EtherType 0x888e)", new FrameTally(1, 7))], decoder.UnparsedEncapsulations);
    }

    [Fact]
    public void Padding_is_cut_off_and_what_the_snap_length_took_is_missing()
    {
        byte[] frame = [.. To, .. From, 0x88, 0x8E, .. Identity];
        Assert.Equal(Identity, Decode([.. frame, .. new byte[37]]).Payload.ToArray());
        for (var length = 0; length < frame.Length; length++)
        {
            var packet = Decode(frame[..length], originalLength: 60);
            Assert.Equal(length < 14 ? PacketKind.CutShort : length < 18 ? PacketKind.Other : PacketKind.Eapol, packet.Kind);
            if (packet.Kind == PacketKind.Eapol) Assert.Equal((Identity.Length, length - 14), (packet.PayloadLength, packet.Payload.Length));
        }
    }

    public static TheoryData<string> Links => [.. Frames.Keys];

    [Theory]
    [MemberData(nameof(Links))]
    public void Sender_and_receiver_are_those_of_the_link(string name)
    {
        var (link, frame) = Frames[name];
        var packet = Decode(frame, new LinkType(link));
        Assert.Equal(PacketKind.Eapol, packet.Kind);
        Assert.Equal((Supplicant, Identity.Length), (packet.Source.ToString(), packet.PayloadLength));
        Assert.Equal(Identity, packet.Payload);
        if (name.StartsWith("cooked", StringComparison.Ordinal)) Assert.Equal(default, packet.Destination);
        else Assert.Equal(Authenticator, packet.Destination.ToString());
    }

    [Fact]
    public void Where_the_capture_shows_no_address_it_is_not_read()
    {
        Assert.Equal(PacketKind.Other, Decode([0, 0, 0, 1, 0, 0, .. new byte[8], 0x88, 0x8E, .. Identity], LinkType.LinuxSll).Kind);
        Assert.Equal(PacketKind.Other, Decode(TunnelBuilder.Over(47, TunnelBuilder.Gre(0x888E, Identity))).Kind);
    }

    [Fact]
    public void In_a_tunnel_the_EAP_packet_must_fill_it()
    {
        Assert.True(EapolHeader.IsSound(Identity, Identity.Length));
        Assert.True(EapolHeader.IsSound(Identity[..8], Identity.Length));
        Assert.False(EapolHeader.IsSound(Identity[..7], Identity.Length));
        Assert.False(EapolHeader.IsSound(Identity, Identity.Length - 1));
        Assert.False(EapolHeader.IsSound([1, 0, 0, 5, 1, 9, 0, 4, 1], 9));
        Assert.True(EapolHeader.IsSound([1, 1, 0, 0], 4));
        Assert.False(EapolHeader.IsSound([1, 1, 0, 1, 0], 5));
        Assert.False(EapolHeader.IsSound([1, 3, 0, 0], 4));
    }

    private static readonly Dictionary<string, (ushort Link, byte[] Frame)> Frames = new()
    {
        ["Ethernet"] = (1, [.. To, .. From, 0x88, 0x8E, .. Identity]),
        ["a tag"] = (1, [.. To, .. From, 0x81, 0, 0, 5, 0x88, 0x8E, .. Identity]),
        ["two tags"] = (1, [.. To, .. From, 0x88, 0xA8, 0, 5, 0x81, 0, 0, 6, 0x88, 0x8E, .. Identity]),
        ["SNAP"] = (1, [.. To, .. From, 0, 17, .. Snap, .. Identity]),
        ["cooked 1"] = (113, [0, 0, 0, 1, 0, 6, .. From, 0, 0, 0x88, 0x8E, .. Identity]),
        ["cooked 2"] = (276, [0x88, 0x8E, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, .. From, 0, 0, .. Identity]),
        ["between stations"] = (105, Wifi(0, To, From, Other)),
        ["to the access point"] = (105, Wifi(1, Other, From, To)),
        ["from the access point"] = (105, Wifi(2, To, Other, From)),
        ["between access points"] = (105, Wifi(3, Other, Other, To, From)),
        ["radiotap"] = (127, TunnelBuilder.Radiotap(Wifi(1, Other, From, To))),
        ["aggregate"] = (105, [0x88, 1, 0, 0, .. new byte[20], 0x80, 0, .. To, .. From, 0, 17, .. Snap, .. Identity]),
        ["VXLAN"] = (1, TunnelBuilder.OverUdp(4789, TunnelBuilder.Vxlan([.. To, .. From, 0x88, 0x8E, .. Identity]))),
        ["CAPWAP"] = (1, TunnelBuilder.OverUdp(5247, TunnelBuilder.Capwap(Wifi(1, Other, From, To), isNative: true))),
        ["GRE"] = (1, TunnelBuilder.Over(47, TunnelBuilder.Gre(0x6558, [.. To, .. From, 0x88, 0x8E, .. Identity]))),
    };

    private static byte[] Wifi(byte flags, byte[] one, byte[] two, byte[] three, byte[]? four = null) =>
        [8, flags, 0, 0, .. one, .. two, .. three, 0, 0, .. four ?? [], .. Snap, .. Identity];
}
