using System.Buffers.Text;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Redaction;

/// <summary>A finished output as a reader or a program may come to read it: escapes resolved, line breaks and markup taken out, links opened.</summary>
internal static partial class ReadableTexts
{
    /// <summary>The output and its other readings, where it has any.</summary>
    public static IEnumerable<string> Of(string output)
    {
        var text = Unlinked(output);
        yield return text;
        foreach (Match link in Links().Matches(output))
        {
            if (Opened(link.Groups["packed"].Value) is not { } opened) continue;
            foreach (var reading in Of(opened)) yield return reading;
        }

        var plain = Unescaped(text);
        if (plain != text) yield return plain;
        if (plain.Contains('<', StringComparison.Ordinal))
        {
            yield return Markup().Replace(plain, "");
            yield return Markup().Replace(plain, " ");
        }

        if (plain.Contains('%', StringComparison.Ordinal)) yield return Uri.UnescapeDataString(plain);
    }

    /// <summary>Without the addresses of our own that a form needs: the namespaces of SVG, and where links lead.</summary>
    private static string Unlinked(string text) => OwnAddresses().Replace(text, " ");

    private static string Unescaped(string text)
    {
        var result = text.Replace('\u00A0', ' ').Replace('\u2011', '-').Replace("\u00AD", "", StringComparison.Ordinal).Replace("\u200B", "", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        if (result.Contains("\\u", StringComparison.Ordinal)) result = JsonEscapes().Replace(result, m => ((char)int.Parse(m.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
        if (result.Contains('#', StringComparison.Ordinal)) result = MermaidEscapes().Replace(result, m => int.Parse(m.Groups["code"].ValueSpan, CultureInfo.InvariantCulture) is > 0 and < 0x10000 and var code ? ((char)code).ToString() : m.Value);
        if (result.Contains('&', StringComparison.Ordinal)) result = WebUtility.HtmlDecode(result);
        return MarkdownEscapes().Replace(result, "$1");
    }

    private static string? Opened(string packed)
    {
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(Base64Url.DecodeFromChars(packed)), CompressionMode.Decompress);
            using var reader = new StreamReader(zlib, Encoding.UTF8);
            return reader.ReadToEnd().Replace("\\n", "\n", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"#pako:(?<packed>[A-Za-z0-9_-]+)")]
    private static partial Regex Links();

    [GeneratedRegex(@"https?://(www\.w3\.org/[\w/]*|mermaid\.live/\w*)")]
    private static partial Regex OwnAddresses();

    [GeneratedRegex(@"\\u[0-9A-Fa-f]{4}")]
    private static partial Regex JsonEscapes();

    [GeneratedRegex(@"&?#(?<code>\d{1,5});")]
    private static partial Regex MermaidEscapes();

    [GeneratedRegex(@"\\([\\`*_{}\[\]()#+.!|<>~-])")]
    private static partial Regex MarkdownEscapes();

    [GeneratedRegex(@"<[^<>]{0,400}>")]
    private static partial Regex Markup();
}
