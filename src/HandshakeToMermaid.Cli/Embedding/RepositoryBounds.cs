using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;

namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>
/// Which files the markers of a Markdown file may name: those of its repository. A page that somebody else wrote must not draw what it does not come with.
/// </summary>
internal sealed class RepositoryBounds
{
    private readonly string root;

    /// <summary>The bounds of a file: the nearest directory above it that has a <c>.git</c>, else its own.</summary>
    public RepositoryBounds(string file)
    {
        var own = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var repository = own;
        while (repository is not null && !Path.Exists(Path.Combine(repository, ".git"))) repository = Path.GetDirectoryName(repository);
        root = Resolve(repository ?? own);
    }

    /// <summary>Refuses a path that leads outside, also through links.</summary>
    /// <param name="path">A file, a directory or a pattern, relative to the current directory.</param>
    /// <exception cref="EmbedException">It leads outside.</exception>
    public void Check(string path)
    {
        if (path == "-") throw new EmbedException("standard input cannot be embedded");
        if (path.Contains('\0', StringComparison.Ordinal)) throw new EmbedException("the name of a file contains a NUL byte");
        try
        {
            foreach (var file in Meant(path))
            {
                if (!IsInside(Resolve(Path.GetFullPath(file)))) throw new EmbedException($"{path} is outside the repository; --allow-outside permits it");
            }
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            throw new EmbedException($"{path} cannot be read: {FileFailure.Reason(e, path)}", e);
        }
    }

    private static IEnumerable<string> Meant(string path)
    {
        if (Directory.Exists(path)) return [path, .. Directory.EnumerateFiles(path)];
        if (File.Exists(path) || !FilePattern.IsPattern(path)) return [path];
        return FilePattern.Expand(path).SelectMany(Meant);
    }

    private bool IsInside(string path) => path == root || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path without links; what does not exist is left as it is.</summary>
    private static string Resolve(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        foreach (var part in path[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            resolved = entry.LinkTarget is null ? next : Resolve(entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
        }

        return resolved;
    }
}
