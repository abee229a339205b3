using System.Globalization;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Rights;

namespace HandshakeToMermaid.Cli.Live;

/// <summary>
/// An empty key log that only one user may read, in a directory that only that user may enter; deleted on disposal. The directory's name begins with the number
/// of its process: what a process left that was killed, a later run removes.
/// </summary>
internal sealed class PrivateKeyLog : IDisposable
{
    private readonly DirectoryInfo directory;

    private PrivateKeyLog(DirectoryInfo directory) => this.directory = directory;

    /// <summary>Where it is.</summary>
    public string FilePath => PathIn(directory.FullName);

    /// <summary>Creates it.</summary>
    /// <param name="account">Whose it is; null for this process's user.</param>
    public static PrivateKeyLog Create(Account? account)
    {
        using var identity = FileIdentity.Of(account);

        // Mode 700 on Unix, the user's own directory on Windows.
        var log = new PrivateKeyLog(Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-")));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var created = new FileStream(log.FilePath, options);
        return log;
    }

    /// <summary>Removes the key logs of this user's runs that were killed.</summary>
    public static void SweepOthers()
    {
        try
        {
            foreach (var left in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*"))
            {
                if (!IsOfDeadProcess(Path.GetFileName(left)) || !IsOwn(left)) continue;

                // Nothing else is in it; what is, stays.
                File.Delete(PathIn(left));
                Directory.Delete(left);
            }
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            // They stay for the next run.
        }
    }

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

    private static string PathIn(string directory) => Path.Combine(directory, "keys.log");

    private static bool IsOfDeadProcess(string name) => name.Split('-') is [_, var number, _] && TemporaryName.IsOfDeadProcess(number);

    private static bool IsOwn(string path)
        => OperatingSystem.IsWindows() || (FileStatus.Of(path) is { Kind: FileKind.Directory, Owner: var (user, _) } && new FileInfo(path).LinkTarget is null && user == Account.Current);

    private const string Prefix = "h2m-";
}
