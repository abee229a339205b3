using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Files;

/// <summary>A directory that files are written to.</summary>
internal static class OutputDirectory
{
    /// <summary>Creates it where it is not there.</summary>
    /// <exception cref="OutputException">It cannot be.</exception>
    public static void Create(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            var reason = File.Exists(path.TrimEnd('/', Path.DirectorySeparatorChar)) ? "a file with that name exists" : FileFailure.Reason(e);
            throw new OutputException($"the directory {path} cannot be created: {reason}.", e);
        }
    }
}
