using System.Text;
using HandshakeToMermaid.Cli.Files;

namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>A Markdown file as text that is written back byte for byte where nothing changed.</summary>
/// <param name="Path">Where it is, as the user named it.</param>
/// <param name="Text">Its text, with the byte order mark where it has one.</param>
internal sealed record MarkdownFile(string Path, string Text)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="EmbedException">It cannot be read, or is not UTF-8.</exception>
    public static MarkdownFile Read(string path)
    {
        var bytes = InputFile.Read(path, path, static file =>
        {
            using var all = new MemoryStream();
            file.CopyTo(all);
            return all.ToArray();
        }, static sentence => new EmbedException(sentence.TrimEnd('.')));
        try
        {
            return new MarkdownFile(path, Strict.GetString(bytes));
        }
        catch (DecoderFallbackException e)
        {
            throw new EmbedException($"{path} is not UTF-8", e);
        }
    }

    /// <summary>Replaces it.</summary>
    /// <param name="path">Where it is, whatever the current directory.</param>
    /// <param name="text">Its new text.</param>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Strict.GetBytes(text)));

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
