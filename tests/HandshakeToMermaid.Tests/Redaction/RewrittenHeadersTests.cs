using System.Net;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Packets.Decoding;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Redaction.Captures;
using HandshakeToMermaid.Tests.Packets.Tunnels;

namespace HandshakeToMermaid.Tests.Redaction;

/// <summary>Headers of every link and tunnel: addresses are replaced, everything else reads as before, and checksums are right.</summary>
public sealed class RewrittenHeadersTests
{
    /// <summary>Links and tunnels whose headers may hold anything, or are recognized by an address.</summary>
    private static readonly string[] LeftOut = ["teredo", "link 119", "link 163", "link 192", "A-MSDU"];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, TunnelTests.All().Count())];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_frame_reads_as_before_with_other_addresses(int number)
    {
        var (path, (link, bytes)) = TunnelTests.All().ElementAt(number);
        var name = link is 119 or 163 or 192 ? $"link {link}" : link == 127 && bytes[24] == 0x88 && bytes[48] == 0x80 ? "A-MSDU" : path;
        using var pseudonyms = new Pseudonyms(new RedactionOptions { Key = new byte[32] });
        var redaction = new CaptureRedaction(pseudonyms, new byte[32], LinkTypeCatalog.All, TunnelCatalog.All);
        var frame = new CapturedFrame(new FrameMark(1, new Timestamp(1)), new LinkType(link), bytes, (uint)bytes.Length);
        redaction.Collect(frame);
        redaction.Rewrite();
        Assert.Equal(!LeftOut.Contains(name), redaction.TryRewrite(frame, out var redacted));
        if (LeftOut.Contains(name)) return;
        Assert.Equal(bytes.Length, redacted.Data.Length);
        Decoder.Decode(frame, out var before);
        Decoder.Decode(redacted, out var after);
        Assert.Equal((PacketKind.Tcp, before.Source.Port, before.Destination.Port, before.Sequence, before.PayloadLength), (after.Kind, after.Source.Port, after.Destination.Port, after.Sequence, after.PayloadLength));
        Assert.Equal(Names(before), Names(after));
        Assert.Equal((pseudonyms.Of(before.Source.Address), pseudonyms.Of(before.Destination.Address)), (after.Source.Address, after.Destination.Address));
        foreach (var place in new FrameLayers(LinkTypeCatalog.All, TunnelCatalog.All).Of(redacted.Data, redacted.Link)!.Headers)
        {
            var header = redacted.Data[place.Start..place.HeaderEnd];
            if (place.Kind == HeaderKind.Ipv4) Assert.Equal(0xFFFF, Sum(header));
            if (place.Kind == HeaderKind.GreChecksum) Assert.Equal(0xFFFF, Sum(redacted.Data[place.Start..place.End]));
            if (place.Kind == HeaderKind.LinkAddress) Assert.True(!header.ContainsAnyExcept((byte)0) || !header.SequenceEqual(bytes.AsSpan()[place.Start..place.HeaderEnd]));
        }

        foreach (var original in (IPAddress[])[before.Source.Address.ToIPAddress(), before.Destination.Address.ToIPAddress()]) Assert.True(redacted.Data.IndexOf(original.GetAddressBytes()) < 0);
    }

    [Fact]
    public void Options_and_metadata_of_headers_are_cleared()
    {
        byte[] tcp = [0xC3, 0x50, 1, 0xBB, .. new byte[8], 0x50, 2, .. new byte[6]];
        byte[] ip6 = [0x60, 0, 0, 0, 0, 28, 0, 64, .. IPAddress.Parse("2001:db8:9::1").GetAddressBytes(), .. IPAddress.Parse("2001:db8:9::2").GetAddressBytes(), 6, 0, 5, 4, 9, 9, 9, 9, .. tcp];
        using var pseudonyms = new Pseudonyms(new RedactionOptions { Key = new byte[32] });
        var redaction = new CaptureRedaction(pseudonyms, new byte[32], LinkTypeCatalog.All, TunnelCatalog.All);
        var frame = new CapturedFrame(new FrameMark(1, new Timestamp(1)), LinkType.Raw, ip6, (uint)ip6.Length);
        Assert.True(redaction.TryRewrite(frame, out var redacted));
        Assert.Equal([6, 0, 1, 4, 0, 0, 0, 0], redacted.Data.Slice(40, 8).ToArray());
        Assert.True(redaction.TryRewrite(new CapturedFrame(frame.Mark, frame.Link, ip6.AsSpan(0, 50), 68), out _) is false);
    }

    private static PacketDecoder Decoder { get; } = new(AnalyzerLimits.Default, LinkTypeCatalog.All, TunnelCatalog.All);

    private static string Names(in Packet packet) => packet.Encapsulation is { } path ? string.Join(' ', path.Layers.Select(l => $"{l.Name}:{l.Id}")) : "";

    private static int Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i++) sum += i % 2 == 0 ? bytes[i] << 8 : bytes[i];
        while (sum > 0xFFFF) sum = (sum & 0xFFFF) + (sum >> 16);
        return sum;
    }
}
