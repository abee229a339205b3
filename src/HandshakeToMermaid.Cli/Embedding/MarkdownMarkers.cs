using System.Text;
using Markdig;
using Markdig.Syntax;

namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>
/// Finds the markers of a Markdown file: HTML comments that are blocks of their own (CommonMark 0.31.2 section 4.6, start condition 2). A marker that is
/// shown in a code block is none.
/// </summary>
internal static class MarkdownMarkers
{
    /// <summary>The markers in the order of the file; one whose end is missing has a fault.</summary>
    public static IReadOnlyList<EmbedMarker> Find(string text)
    {
        var markers = new List<EmbedMarker>();
        (int Start, int Close, string Arguments)? open = null;
        foreach (var comment in Markdown.Parse(text).Descendants<HtmlBlock>().Where(b => b.Type == HtmlBlockType.Comment))
        {
            var start = text.IndexOf("<!--", comment.Span.Start, StringComparison.Ordinal);
            var close = start < 0 ? -1 : text.IndexOf("-->", start, StringComparison.Ordinal);
            if (close < 0) continue;
            var content = text[(start + 4)..close].Trim();
            if (content.StartsWith(Name, StringComparison.Ordinal))
            {
                if (open is { } unfinished) markers.Add(Unfinished(text, unfinished));
                open = (start, close, content[Name.Length..].Trim());
            }
            else if (content == End && open is { } begun)
            {
                markers.Add(new EmbedMarker(LineOf(text, begun.Start), begun.Arguments, PrefixOf(text, begun.Start), NextLine(text, begun.Close), LineStart(text, start)));
                open = null;
            }
        }

        if (open is { } last) markers.Add(Unfinished(text, last));
        return markers;
    }

    private static EmbedMarker Unfinished(string text, (int Start, int Close, string Arguments) open)
        => new(LineOf(text, open.Start), open.Arguments, "", open.Close, open.Close, $"its end, <!-- {End} -->, is missing");

    /// <summary>What stands before the marker, with list markers replaced by the indentation that continues their item.</summary>
    private static string PrefixOf(string text, int start)
    {
        var prefix = new StringBuilder();
        foreach (var c in text.AsSpan(LineStart(text, start)..start)) prefix.Append(c is '>' or '\t' ? c : ' ');
        return prefix.ToString();
    }

    private static int LineStart(string text, int offset) => offset == 0 ? 0 : text.LastIndexOf('\n', offset - 1) + 1;

    private static int NextLine(string text, int offset)
    {
        var end = text.IndexOf('\n', offset);
        return end < 0 ? text.Length : end + 1;
    }

    private static int LineOf(string text, int offset) => text.AsSpan(0, offset).Count('\n') + 1;

    private const string Name = "h2m:";
    private const string End = "/h2m";
}
