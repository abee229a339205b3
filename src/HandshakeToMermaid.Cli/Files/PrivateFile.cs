using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Files;

/// <summary>A file that only its owner can read, from its first byte on (mode 600); replaced as a whole.</summary>
internal static class PrivateFile
{
    /// <summary>Writes one.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) throw new UsageException("the name of the redaction map is empty or contains a NUL byte.");
        var target = Path.GetFullPath(path);
        var beside = TemporaryName.Beside(target);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(beside, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, target, overwrite: true);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            TryDelete(beside);
            throw new OutputException($"{path} cannot be written: {FileFailure.Reason(e, path)}.", e);
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            // The reason was reported already.
        }
    }
}
