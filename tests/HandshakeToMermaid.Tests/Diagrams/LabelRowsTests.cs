using HandshakeToMermaid.Diagrams.Ladder;

namespace HandshakeToMermaid.Tests.Diagrams;

/// <summary>Rows counted are rows written.</summary>
public sealed class LabelRowsTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("  two  spaces  ")]
    [InlineData("ClientHello · TLS 1.3 · after 12 ms · 1500 bytes")]
    [InlineData("· · · ·· ·")]
    [InlineData("averylongwordthatnothingbreaks andanother")]
    [InlineData("1 2 ms 3 ms HTTP/1.1 200 · 4 kB")]
    [InlineData("no\u00A0break\u00A0here · 12\u00A0ms and\u00A0averylongwordthatnothingbreaks")]
    [InlineData("名前 は 日本語 · 証明書の名前が長い")]
    [InlineData("e\u0301 combining a\u0301\u0301 · marks \u0301")]
    [InlineData("arrows → and … dots 😀😀😀😀😀😀😀")]
    public void Counts_the_rows_that_are_written(string label)
    {
        var rows = new LabelRows(label);
        for (var cells = 8; cells <= 100; cells++) Assert.Equal(CellWidth.Wrap(label, cells).Count, rows.At(cells));
    }
}
