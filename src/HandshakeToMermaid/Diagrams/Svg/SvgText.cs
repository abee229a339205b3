using System.Text;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>Text for XML and HTML: visible, escaped, and well-formed whatever came from the wire.</summary>
internal static class SvgText
{
    /// <summary>The text in its visible form, safe in content and in quoted attributes. Controls and lone surrogates, which no XML may hold, are already spelled out.</summary>
    public static string Escape(string text)
    {
        var visible = VisibleText.Of(text);
        if (!visible.AsSpan().ContainsAny(Special)) return visible;
        var escaped = new StringBuilder(visible.Length + 16);
        foreach (var c in visible)
        {
            escaped.Append(c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\'' => "&#39;", _ => null });
            if (!Special.Contains(c)) escaped.Append(c);
        }
        return escaped.ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Special = System.Buffers.SearchValues.Create("&<>\"'");
}
