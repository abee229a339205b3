using System.Collections.Concurrent;

namespace HandshakeToMermaid.Templating;

/// <summary>
/// The templates of one folder and the folders in it. Nothing outside can be named: no absolute path, no <c>..</c>,
/// no link.
/// </summary>
internal sealed class FileTemplateSource : ITemplateSource
{
    private readonly string folder;
    private readonly ConcurrentDictionary<string, Template?> parsed = new();

    /// <summary>Reads from <paramref name="folder"/>, each file once.</summary>
    public FileTemplateSource(string folder) => this.folder = Path.GetFullPath(folder);

    /// <inheritdoc/>
    public Template? Find(string name) => parsed.GetOrAdd(name, Read);

    private Template? Read(string name)
    {
        var path = folder;
        foreach (var part in name.Split('/'))
        {
            if (part is "" or "." or ".." || part.AsSpan().ContainsAny(NotInAName)) return null;
            path = Path.Combine(path, part);
            if (new FileInfo(path).LinkTarget is not null) return null;
        }
        return File.Exists(path) ? Template.Parse(File.ReadAllText(path), path) : null;
    }

    private static readonly System.Buffers.SearchValues<char> NotInAName = System.Buffers.SearchValues.Create("\\:\0");
}
