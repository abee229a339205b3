using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>An empty key log that only the current user may read, in a directory that only that user may enter; deleted on disposal.</summary>
internal sealed class PrivateKeyLog : IDisposable
{
    private readonly DirectoryInfo directory;

    public PrivateKeyLog()
    {
        // Mode 700 on Unix, the user's own directory on Windows.
        directory = Directory.CreateTempSubdirectory("h2m-");
        FilePath = Path.Combine(directory.FullName, "keys.log");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var created = new FileStream(FilePath, options);
    }

    /// <summary>Where it is.</summary>
    public string FilePath { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            directory.Delete(recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Already deleted by another process.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"h2m: the TLS secrets in {FilePath} could not be removed: {FileFailure.Reason(e)}; remove them manually.");
        }
    }
}
