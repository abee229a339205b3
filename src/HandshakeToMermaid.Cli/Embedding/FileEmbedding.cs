using System.Text;
using HandshakeToMermaid.Cli.Files;

namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>Brings the markers of a Markdown file up to date, or says which are not.</summary>
/// <param name="checksOnly">True to change nothing.</param>
/// <param name="allowsOutside">True where markers may name files outside the repository.</param>
/// <param name="isQuiet">True to say only what went wrong.</param>
/// <param name="listed">Gets a line for each diagram that is not current, where nothing is changed.</param>
/// <param name="cancellation">Ends the work between two markers.</param>
internal sealed class FileEmbedding(bool checksOnly, bool allowsOutside, bool isQuiet, TextWriter listed, CancellationToken cancellation)
{
    /// <summary>Markers met.</summary>
    public int Markers { get; private set; }

    /// <summary>Markers whose diagram was not current.</summary>
    public int Stale { get; private set; }

    /// <summary>Markers and files that could not be done.</summary>
    public int Failed { get; private set; }

    /// <summary>True where a part of a capture could not be read.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Does one file; what is wrong with it is said on standard error.</summary>
    /// <param name="path">The file, relative to the current directory.</param>
    public void Do(string path)
    {
        try
        {
            var file = MarkdownFile.Read(path);
            var full = Path.GetFullPath(path);
            var renewed = Renew(file, full);
            if (!checksOnly && renewed != file.Text) MarkdownFile.Write(full, renewed);
        }
        catch (Exception e) when (e is EmbedException or OutputException)
        {
            Failed++;
            Console.Error.WriteLine($"h2m: {e.Message.TrimEnd('.')}.");
        }
    }

    /// <summary>The text with each diagram as it is drawn now. The current directory is the file's meanwhile: its markers name files from there.</summary>
    private string Renew(MarkdownFile file, string full)
    {
        var bounds = allowsOutside ? null : new RepositoryBounds(full);
        var before = Environment.CurrentDirectory;
        Environment.CurrentDirectory = Path.GetDirectoryName(full)!;
        try
        {
            var text = new StringBuilder();
            var done = 0;
            foreach (var marker in MarkdownMarkers.Find(file.Text))
            {
                cancellation.ThrowIfCancellationRequested();
                Markers++;
                if (Renew(file, marker, bounds) is not { } renewed) continue;
                text.Append(file.Text, done, marker.Begin - done).Append(renewed);
                done = marker.End;
            }

            return text.Append(file.Text, done, file.Text.Length - done).ToString();
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    /// <summary>The text between two markers; null where it cannot be made.</summary>
    private string? Renew(MarkdownFile file, EmbedMarker marker, RepositoryBounds? bounds)
    {
        var place = $"{file.Path}:{marker.Line}";
        try
        {
            if (marker.Fault is { } fault) throw new EmbedException(fault);
            var product = new MarkerCommand().Make(marker.Arguments, bounds, isQuiet, cancellation);
            Note(place, product);
            var renewed = EmbeddedText.Of(file.Text, marker, product);
            if (file.Text.AsSpan(marker.Begin..marker.End).SequenceEqual(renewed)) return renewed;
            Stale++;
            if (checksOnly) listed.WriteLine($"{place}: stale");
            else if (!isQuiet) Console.Error.WriteLine($"h2m: {place}: redrawn.");
            return renewed;
        }
        catch (EmbedException e)
        {
            Failed++;
            Console.Error.WriteLine($"h2m: {place}: {e.Message}.");
            return null;
        }
    }

    private void Note(string place, EmbeddedProduct product)
    {
        IsIncomplete |= product.Damages.Count > 0;
        if (isQuiet) return;
        foreach (var remark in product.Damages.Concat(product.Remarks)) Console.Error.WriteLine($"h2m: {place}: {remark.TrimEnd('.')}.");
    }
}
