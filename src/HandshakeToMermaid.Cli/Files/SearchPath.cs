namespace HandshakeToMermaid.Cli.Files;

/// <summary>Looks for programs in the directories of <c>PATH</c> as a shell does: never in the current directory unless it is named.</summary>
internal static class SearchPath
{
    /// <summary>The whole path of a program; null where no directory holds an executable file of that name.</summary>
    public static string? Find(string program) => Find(program, out _);

    /// <summary>The same.</summary>
    /// <param name="program">Its name without a directory, on Windows without an ending too.</param>
    /// <param name="isThere">True where a file of that name exists, executable or not.</param>
    public static string? Find(string program, out bool isThere)
    {
        isThere = false;
        var name = OperatingSystem.IsWindows() ? $"{program}.exe" : program;
        foreach (var directory in (Environment.GetEnvironmentVariable("PATH") ?? Usual).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(directory, name);
            if (IsExecutable(path)) return path;
            isThere |= File.Exists(path);
        }

        return null;
    }

    /// <summary>True for a file that may be run.</summary>
    public static bool IsExecutable(string path)
        => File.Exists(path) && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string Usual => OperatingSystem.IsWindows() ? "" : "/usr/bin:/bin";
}
