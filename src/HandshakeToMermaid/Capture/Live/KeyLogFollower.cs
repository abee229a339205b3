namespace HandshakeToMermaid.Capture.Live;

/// <summary>
/// Follows a key log while a program writes it, as <c>tail -F</c> does: it may come into being later, and begin anew. Only whole lines are
/// handed out: half a secret would be lost. A pipe is never waited for.
/// </summary>
internal sealed class KeyLogFollower(string path) : IDisposable
{
    private readonly byte[] buffer = new byte[64 * 1024];
    private FileStream? file;
    private byte[] line = [];

    /// <summary>The file.</summary>
    public string Path { get; } = path;

    /// <summary>True once it could be opened.</summary>
    public bool WasFound { get; private set; }

    /// <summary>Opens it if it is there; false where it is not, or may not be read.</summary>
    public bool TryOpen()
    {
        if (file is not null) return true;
        try
        {
            if (!File.Exists(Path)) return false;
            file = NonBlockingFile.Open(Path);
            WasFound = true;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The lines that were added since the last call, with their line ends; empty where there are none.</summary>
    /// <param name="isLast">True to take what stands after the last line end as well: nothing more will be written.</param>
    public ReadOnlyMemory<byte> Poll(bool isLast = false)
    {
        if (!TryOpen()) return default;
        using var added = new MemoryStream();
        added.Write(line);
        try
        {
            // Emptied or begun anew by the program that writes it.
            if (file!.CanSeek && file.Length < file.Position) file.Position = 0;
            int read;
            while (added.Length < MaxAtOnce && (read = file.Read(buffer)) > 0) added.Write(buffer, 0, read);
        }
        catch (IOException e) when (NonBlockingFile.IsEmpty(e))
        {
            // A pipe whose writer has written nothing more.
        }
        catch (IOException)
        {
            Close();
        }

        var bytes = added.GetBuffer().AsMemory(0, (int)added.Length);
        var whole = isLast ? bytes.Length : bytes.Span.LastIndexOf((byte)'\n') + 1;

        // What is no line for longer than any key log line is none.
        if (whole == 0 && bytes.Length > LongestLine) whole = bytes.Length;
        line = bytes[whole..].ToArray();
        return bytes[..whole].ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void Close()
    {
        file?.Dispose();
        file = null;
    }

    /// <summary>An ECH configuration of 4,096 bytes in hexadecimal, with its label and client random.</summary>
    private const int LongestLine = 16 * 1024;

    /// <summary>The rest comes with the next call: one block of secrets stays small.</summary>
    private const int MaxAtOnce = 1024 * 1024;
}
