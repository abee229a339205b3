using System.Diagnostics;
using System.Globalization;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Rights;

namespace HandshakeToMermaid.Cli.Files;

/// <summary>
/// Names of files that are written beside their target. They begin with the number of the process, so that what a killed process left is removed by the next
/// run that writes to the same directory.
/// </summary>
internal static class TemporaryName
{
    private static readonly HashSet<string> Swept = new(StringComparer.Ordinal);

    /// <summary>A name that nobody can foresee, in the directory of <paramref name="target"/>.</summary>
    public static string Beside(string target)
    {
        var directory = Path.GetDirectoryName(target)!;
        Sweep(directory);
        return Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Path.GetRandomFileName()}"));
    }

    /// <summary>True where no process has this number, as far as this process can see.</summary>
    public static bool IsOfDeadProcess(string number)
    {
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return false;
        try
        {
            using var process = Process.GetProcessById(id);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static void Sweep(string directory)
    {
        lock (Swept)
        {
            if (!Swept.Add(directory)) return;
        }

        try
        {
            foreach (var left in Directory.EnumerateFiles(directory, $"{Prefix}*-*"))
            {
                if (IsOfDeadProcess(Path.GetFileName(left)[Prefix.Length..].Split('-')[0]) && IsOwn(left)) Remove(left);
            }
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            // They stay for the next run.
        }
    }

    private static bool IsOwn(string path) => OperatingSystem.IsWindows() || (new FileInfo(path).LinkTarget is null && FileStatus.Of(path)?.Owner?.User == Account.Current);

    /// <summary>A process of another container may have the number of one that is dead here: it holds a lock on what it writes.</summary>
    private static void Remove(string path)
    {
        using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            File.Delete(path);
        }
    }

    private const string Prefix = ".h2m-";
}
