using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>Where a line may be broken, and what a line of a picture is then.</summary>
public sealed class TextWordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("one two", "one|two")]
    [InlineData(" two  spaces", "|two||spaces")]
    [InlineData("after 12 ms, then 4 kB", "after|12 ms,|then|4 kB")]
    [InlineData("1 2 ms", "1|2 ms")]
    [InlineData("HTTP/1.1 200 OK", "HTTP/1.1 200|OK")]
    [InlineData("DNS\u00A04.8\u00A0ms + TCP\u00A02\u00A0ms", "DNS 4.8 ms|+|TCP 2 ms")]
    [InlineData("averylongword\u00A012\u00A0ms", "averylongword|12 ms")]
    public void Numbers_keep_their_units_and_bound_words_stay_together_unless_no_line_has_room(string text, string words) =>
        Assert.Equal(words.Split('|'), TextWords.Of(text, part => part.Length > 14).Select(w => TextWidth.Spaced(text, w.Start, w.End)));

    [Theory]
    [InlineData("one two three", 60, "one two|three")]
    [InlineData(" one  two three", 70, "one  two|three")]
    [InlineData("one · two · three", 50, "one|two|three")]
    [InlineData("\u00A0", 60, " ")]
    [InlineData("one two\u00A0three", 80, "one|two three")]
    [InlineData("😀😀 one", 60, "😀😀|one")]
    public void A_text_is_broken_at_its_words_and_a_separator_at_a_break_is_dropped(string text, double pixels, string lines) =>
        Assert.Equal(lines.Split('|'), TextWidth.Wrap(text, pixels));
}
