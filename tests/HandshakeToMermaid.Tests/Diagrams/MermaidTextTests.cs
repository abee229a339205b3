using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>Text from the wire shows exactly and does nothing.</summary>
public sealed class MermaidTextTests
{
    [Theory]
    [InlineData("a;b", "a#59;b")]
    [InlineData("a#b", "a#35;b")]
    [InlineData("#35;", "#35;35#59;")]
    [InlineData("<br/>", "#60;br/>")]
    [InlineData("AT&T", "AT&T")]
    [InlineData("&lt;", "&lt#59;")]
    [InlineData("100 % sure", "100 % sure")]
    [InlineData("%%{init: {}}%%", "#37;#37;{init: {#125;#125;#37;#37;")]
    [InlineData("$$x$$", "#36;#36;x#36;#36;")]
    [InlineData("$5", "$5")]
    [InlineData(@"a\nb", "a#92;nb")]
    [InlineData(@"a\tb", @"a\tb")]
    [InlineData("```", "#96;#96;#96;")]
    [InlineData("`", "`")]
    [InlineData("{{ x }}", "#123;#123; x #125;#125;")]
    [InlineData("style", "#115;tyle")]
    [InlineData("classDef", "#99;lassDef")]
    [InlineData("\uFB02\u00B6", "#64258;#182;")]
    [InlineData("", "(empty)")]
    [InlineData("  \u00A0 ", "(empty)")]
    [InlineData("end", "end")]
    [InlineData("C->>S: hello", "C->>S: hello")]
    [InlineData("日本語 🙂", "日本語 🙂")]
    [InlineData("\u001b[31m", "‹U+001B›[31m")]
    [InlineData("\u202Eabc", "‹U+202E›abc")]
    [InlineData("a\r\nb", "a‹U+000D›‹U+000A›b")]
    public void Escapes_what_mermaid_would_read(string raw, string escaped) => Assert.Equal(escaped, MermaidText.Escape(raw));

    [Theory]
    [InlineData("wrap: x", "wrap#58; x")]
    [InlineData("NoWrap:x", "NoWrap#58;x")]
    [InlineData(":wrap:x", ":wrap#58;x")]
    [InlineData("unwrap:x", "unwrap:x")]
    public void A_wrap_prefix_is_text_at_the_start_of_a_label(string raw, string escaped) => Assert.Equal(escaped, MermaidText.Lines([raw]));

    [Fact]
    public void A_wrap_prefix_matters_on_the_first_line_only()
        => Assert.Equal("wrap#58;a<br/>wrap:b", MermaidText.Lines(["wrap:a", "wrap:b"]));

    [Fact]
    public void A_lone_surrogate_is_spelled_out() => Assert.Equal("a‹U+D800›b", VisibleText.Of("a\ud800b"));

    [Fact]
    public void What_is_escaped_reads_back_as_what_is_visible_for_any_text()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var raw = Hostile(random);
            var escaped = MermaidText.Escape(raw);
            Assert.Equal(VisibleText.Of(raw), Unescape(escaped));
            // Once our own escapes are taken out, nothing is left that Mermaid reads as its own.
            var rest = Regex.Replace(escaped, "#[0-9]+;", "_", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            Assert.DoesNotContain(rest, c => c is ';' or '#' or '<' or '\n' or '\r' or '\0');
            Assert.DoesNotContain("%%", rest, StringComparison.Ordinal);
        }
    }

    private static string Unescape(string text)
        => Regex.Replace(text, "#(?<code>[0-9]+);", m => char.ConvertFromUtf32(int.Parse(m.Groups["code"].Value, CultureInfo.InvariantCulture)), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static string Hostile(Random random)
    {
        var text = new StringBuilder();
        for (var n = random.Next(12); n >= 0; n--)
        {
            if (random.Next(3) > 0) text.Append(Tokens[random.Next(Tokens.Length)]);
            else text.Append((char)random.Next(0x2100));
        }
        return text.ToString();
    }

    private static readonly string[] Tokens =
        ["#", ";", "%%", "{", "}", "%", "<", ">", "&", "$", "`", "\\", "n", "style", "classDef", "wrap:", "\n", "\r", "end", "rect", "note over", "\uFB02", "¶", "°", "ß", ":", "-->>", "init", " "];
}
