using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Cli.Files;

/// <summary>A file besides the captures that the command line names: a key log, names, certificates, a template.</summary>
internal static class InputFile
{
    /// <summary>Reads it.</summary>
    /// <param name="what">What it is called in a sentence: "the key log keys.log".</param>
    /// <param name="path">Where it is.</param>
    /// <param name="read">Reads it to its end.</param>
    /// <param name="refusal">Makes the exception of a sentence.</param>
    public static T Read<T>(string what, string path, Func<FileStream, T> read, Func<string, Exception> refusal)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) throw refusal($"{what} cannot be read: its name is empty or contains a NUL byte.");
        try
        {
            RefuseDevice(what, path, refusal);
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return read(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw refusal($"{what} does not exist.");
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            throw refusal($"{what} cannot be read: {FileFailure.Reason(e, path)}.");
        }
    }

    /// <summary>A device has no end that could be read to; pipes have.</summary>
    public static void RefuseDevice(string what, string path, Func<string, Exception> refusal)
    {
        if (FileStatus.Of(path) is { Kind: FileKind.Device }) throw refusal($"{what} cannot be read: it is a device; name a file or a pipe.");
    }
}
