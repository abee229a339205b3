using System.Text;
using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>Writes a product as the lines between two markers, in the way of the file: its line ends, its indentation, its fence.</summary>
internal static partial class EmbeddedText
{
    /// <summary>The text that is to stand between the markers.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="marker">The markers.</param>
    /// <param name="product">What is to stand there.</param>
    public static string Of(string file, EmbedMarker marker, EmbeddedProduct product)
    {
        var newline = marker.Begin > 1 && file[marker.Begin - 2] == '\r' ? "\r\n" : "\n";
        var text = new StringBuilder();
        var (opening, closing) = Fences(file[marker.Begin..marker.End], marker.Prefix, product);
        for (var i = 0; i < product.Texts.Count; i++)
        {
            if (i > 0) Append("");
            if (opening is not null) Append(opening);
            foreach (var line in product.Texts[i].TrimEnd('\n').Split('\n')) Append(line);
            if (closing is not null) Append(closing);
        }

        return text.ToString();

        void Append(string line) => text.Append(line.Length == 0 ? marker.Prefix.TrimEnd() : marker.Prefix).Append(line).Append(newline);
    }

    /// <summary>The fence that is there is kept, with all that its first line says, if it holds the same language.</summary>
    private static (string? Opening, string? Closing) Fences(string before, string prefix, EmbeddedProduct product)
    {
        if (product.Language is not { } language) return (null, null);
        var first = before.Split('\n')[0].TrimEnd('\r');
        if (first.StartsWith(prefix, StringComparison.Ordinal)
            && Fence().Match(first[prefix.Length..]) is { Success: true } there
            && there.Groups["language"].Value == language
            && (there.Groups["fence"].Value[0] == ':') == (product.Fence[0] == ':')
            && product.Texts.All(t => !t.Contains(there.Groups["fence"].Value, StringComparison.Ordinal)))
        {
            return (there.Value, there.Groups["fence"].Value);
        }

        var fence = product.Fence;
        while (fence[0] == '`' && product.Texts.Any(t => t.Contains(fence, StringComparison.Ordinal))) fence += '`';
        return (fence[0] == ':' ? $"{fence} {language}" : fence + language, fence);
    }

    [GeneratedRegex(@"^(?<fence>`{3,}|~{3,}|:{3,})[ \t]*(?<language>[A-Za-z]+)(\s.*)?$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Fence();
}
