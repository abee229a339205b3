using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Mermaid;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>Damaged and hostile captures: one clear sentence, and everything before the damage.</summary>
public sealed class DamagedCaptureTests
{
    [Theory]
    [InlineData("tls13-success")]
    [InlineData("mutual-tls12")]
    [InlineData("nxdomain")]
    public void Every_prefix_of_a_capture_gives_what_came_before_the_cut(string sample)
    {
        var whole = File.ReadAllBytes(Directory.EnumerateFiles(Checkout.PathOf("samples", sample), "capture.pcap*").First());
        long framesBefore = 0;
        for (var length = 24; length < whole.Length; length += 7)
        {
            var (connections, summary) = Reading.Of(whole[..length]);
            Assert.True(summary.Frames >= framesBefore, "a longer prefix lost frames");
            framesBefore = summary.Frames;
            Assert.All(connections, c => Assert.NotEmpty(Drawing.Of([c], new DiagramOptions(), maxConnections: 1).Text));
            Assert.All(summary.Damages, d => Assert.Matches("at byte [0-9]+; read up to frame [0-9]+", d.ToString()));
        }
    }

    [Theory]
    [InlineData("tls13-success")]
    [InlineData("ocsp-staple")]
    public void A_capture_with_any_bytes_flipped_is_read_or_refused_but_never_fails(string sample)
    {
        var whole = File.ReadAllBytes(Directory.EnumerateFiles(Checkout.PathOf("samples", sample), "capture.pcap*").First());
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var flipped = (byte[])whole.Clone();
            for (var n = random.Next(1, 12); n > 0; n--) flipped[random.Next(24, flipped.Length)] ^= (byte)(1 << random.Next(8));
            var (connections, _) = Reading.Of(flipped);
            Assert.All(connections, c => Assert.NotEmpty(Drawing.Of([c], new DiagramOptions(HandshakeToMermaid.Protocols.Contracts.Detail.Full), maxConnections: 1).Text));
        }
    }

    public static TheoryData<string> Malformed
    {
        get
        {
            var folder = Path.GetFullPath(Checkout.PathOf("..", "shared", "captures", "malformed"));
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, "*.pcap*").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)]
                : ["(absent)"];
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Malformed))]
    public void A_malformed_capture_is_drawn_as_far_as_it_can_be_read(string name)
    {
        var bytes = File.ReadAllBytes(Checkout.Shared("captures", "malformed", name));
        try
        {
            var (connections, _) = Reading.Of(bytes);
            Assert.All(connections, c => Assert.NotEmpty(Drawing.Of([c], new DiagramOptions(HandshakeToMermaid.Protocols.Contracts.Detail.Full), maxConnections: 1).Text));
        }
        catch (CaptureException refused)
        {
            Assert.EndsWith(".", refused.Message, StringComparison.Ordinal);
        }
    }
}
