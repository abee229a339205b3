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
            var text = LadderRenderer.Render(new DiagramBuilder(new DiagramOptions()).BuildUnbroken(Gallery.Read(name)), new TerminalStyle(width));
            foreach (var line in text.Split('\n').Skip(2)) Assert.InRange(Cells(line), 0, width);
        }
    }

    [Theory]
    [InlineData("expired-certificate")]
    [InlineData("happy-eyeballs")]
    public void Text_at_80_columns(string name) => Verify($"text-{name}.txt", Text(name, 80));

    [Fact]
    public void An_overview_at_80_columns_has_the_numbers_of_the_list_and_no_others()
    {
        var several = Gallery.Read("syn-unanswered", "happy-eyeballs", "no-common-version", "tls13-success");
        Verify("text-overview.txt", LadderRenderer.Render(new OverviewBuilder(new DiagramOptions(Time: TimeStyle.Absolute, Title: "Incident 42")).BuildUnbroken(ConnectionGroup.Fold(several), several), new TerminalStyle(80)));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(91)]
    [InlineData(120)]
    public void A_number_and_its_unit_stand_in_one_line(int width)
    {
        foreach (var name in Gallery.Names)
            Assert.DoesNotMatch(@"\n[ │]*(ms|s|min|kB|B|days|·)[ │]", Text(name, width));
    }

    [Fact]
    public void A_note_interrupts_no_lifeline_beside_it()
    {
        var rows = Text("host-unreachable", 80).Split('\n').SkipWhile(l => !l.Contains("192.0.2.1 ", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.Length > 0).ToList();
        var router = rows[0].IndexOf('│', StringComparison.Ordinal);
        Assert.Contains(rows, r => r.Contains('┌', StringComparison.Ordinal));
        Assert.All(rows.Where(r => r[0] != '━'), r => Assert.Equal('│', r[router]));
    }

    [Fact]
    public void The_lifelines_take_the_room_that_saves_the_most_lines()
    {
        Assert.True(Text("tls13-success", 132).Split('\n').Length <= Text("tls13-success", 80).Split('\n').Length);
        var gaps = new LadderGaps([10, 10, 10]);
        gaps.Add(0, ["a word or two or more words"]);
        gaps.Add(1, ["twenty-four characters w", "twenty-four characters w", "twenty-four characters w"]);
        var places = gaps.Places(0, 64)!;
        Assert.Equal(27, places[2] - places[1]);
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
        var drawn = LadderRenderer.Render(new DiagramBuilder(new DiagramOptions()).BuildUnbroken(Gallery.Read("tls13-success")), new TerminalStyle(100));
        foreach (var part in new[] { "DNS resolver", "www.example.com", "203.0.113.55:443", "SYN-ACK", "ClientHello", "Established in", "━━ TLS 1.3 · " }) Assert.Contains(part, drawn, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', drawn);
    }

    [Fact]
    public void Colours_are_closed_on_every_line()
    {
        var drawn = LadderRenderer.Render(new DiagramBuilder(new DiagramOptions()).BuildUnbroken(Gallery.Read("tls13-success")), new TerminalStyle(100, IsColoured: true));
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

    private static string Text(string name, int width)
        => LadderRenderer.Render(new DiagramBuilder(new DiagramOptions()).BuildUnbroken(Gallery.Read(name)), new TerminalStyle(width));

    private static void Verify(string golden, string text) => Golden.Verify(text, Checkout.PathOf("tests", "HandshakeToMermaid.Tests", "Diagrams", "Expected", golden));

    private static int Cells(string line) => line.EnumerateRunes().Sum(r => r.Value is >= 0x1100 and not (>= 0x2010 and <= 0x27FF) ? 2 : 1);
}
