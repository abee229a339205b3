using System.Globalization;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary>One side of a comparison: a capture, or one connection of it.</summary>
/// <param name="Path">The capture, as the user named it.</param>
/// <param name="Connection">The number of the connection in it; null for all.</param>
internal sealed record ComparedCapture(string Path, int? Connection)
{
    /// <summary>Reads <c>FILE</c> or <c>FILE#N</c>. A file whose name ends that way is taken as itself.</summary>
    public static ComparedCapture Parse(string text)
    {
        var at = text.LastIndexOf('#');
        if (at <= 0 || System.IO.Path.Exists(text) || !int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0) return new ComparedCapture(text, null);
        return new ComparedCapture(text[..at], number);
    }
}
