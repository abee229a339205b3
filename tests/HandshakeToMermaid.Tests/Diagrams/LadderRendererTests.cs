using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Ladder;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>The ladder fits its terminal and sends it nothing but text.</summary>
public sealed class LadderRendererTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(132)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        foreach (var name in Gallery.Names)
        {
            var text = LadderRenderer.Render(new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read(name)), new TerminalStyle(width));
            foreach (var line in text.Split('\n').Skip(2)) Assert.InRange(Cells(line), 0, width);
        }
    }

    [Fact]
    public void Nothing_from_the_wire_reaches_the_terminal_as_a_control()
    {
        var random = new Random(5);
        foreach (var text in HostileText.Known.Concat(Enumerable.Range(0, 500).Select(_ => HostileText.Random(random))))
        {
            var drawn = LadderRenderer.Render(HostileDiagram.Of(text), new TerminalStyle(100));
            Assert.DoesNotContain(drawn, c => c != '\n' && (char.IsControl(c) || c is '\u202E' or '\u200B'));
        }
    }

    [Fact]
    public void Ascii_is_ascii()
    {
        foreach (var text in HostileText.Known)
            Assert.True(System.Text.Ascii.IsValid(LadderRenderer.Render(HostileDiagram.Of(text), new TerminalStyle(100, IsAscii: true))));
    }

    [Fact]
    public void A_word_that_fits_is_shown_whole()
    {
        var drawn = LadderRenderer.Render(new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read("tls13-success")), new TerminalStyle(100));
        foreach (var part in new[] { "DNS resolver", "www.example.com", "203.0.113.55:443", "SYN-ACK", "ClientHello", "Established in", "━━ TLS 1.3 · " }) Assert.Contains(part, drawn, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', drawn);
    }

    [Fact]
    public void Colours_are_closed_on_every_line()
    {
        var drawn = LadderRenderer.Render(new DiagramBuilder(new DiagramOptions()).Build(Gallery.Read("tls13-success")), new TerminalStyle(100, IsColoured: true));
        foreach (var line in drawn.Split('\n').Where(l => l.Contains('\e', StringComparison.Ordinal))) Assert.EndsWith("\e[0m", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Wide_characters_keep_the_lifelines_straight()
    {
        var drawn = LadderRenderer.Render(HostileDiagram.Of("日本語"), new TerminalStyle(100));
        var places = drawn.Split('\n').Where(l => l.Contains('│', StringComparison.Ordinal) && l.Contains("日本語", StringComparison.Ordinal) && l.EndsWith('│') && l[0] != '│')
            .Select(l => Cells(l)).Distinct().ToList();
        Assert.Single(places);
    }

    private static int Cells(string line) => line.EnumerateRunes().Sum(r => r.Value is >= 0x1100 and not (>= 0x2010 and <= 0x27FF) ? 2 : 1);
}
