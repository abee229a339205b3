using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Capture.Files;

/// <summary>One place that a capture is to be read from: a file, or standard input.</summary>
internal sealed class CaptureInput
{
    private readonly string? path;
    private readonly Stream? stream;

    private readonly CancellationToken cancellation;

    private CaptureInput(string name, string? path, Stream? stream, bool isNamed, CancellationToken cancellation)
    {
        this.cancellation = cancellation;
        Name = name;
        IsNamed = isNamed;
        this.path = path;
        this.stream = stream;
    }

    /// <summary>As the user gave it.</summary>
    public string Name { get; }

    /// <summary>True where the user named this very file; false where a directory or a pattern brought it in.</summary>
    public bool IsNamed { get; }

    /// <summary>What makes two inputs the same file.</summary>
    public string? FullPath => path is null ? null : Path.GetFullPath(path);

    public static CaptureInput OfFile(string path, bool isNamed, CancellationToken cancellation) => new(path, path, null, isNamed, cancellation);

    public static CaptureInput OfStream(Stream stream, string name, CancellationToken cancellation) => new(name, null, stream, isNamed: true, cancellation);

    /// <summary>Opens it. Null and a reason if that fails. With <paramref name="sparing"/>, the file is reopened for each read and the buffer is small.</summary>
    public CaptureReader? TryOpen(AnalyzerLimits limits, CaptureNotes notes, bool sparing, out OpenFailure failure)
    {
        try
        {
            return CaptureOpener.TryOpen(OpenStream(sparing), Name, limits, notes, sparing ? SparingSize : ReadBuffer.UsualSize, out failure, cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            failure = new OpenFailure(OpenFailureKind.Unreadable, "does not exist");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            failure = new OpenFailure(OpenFailureKind.Unreadable, $"cannot be read: {FileFailure.Reason(e, path)}");
        }

        return null;
    }

    /// <summary>
    /// Looks a file through for the key logs in it, which may stand behind the packets that need them. Only worth its time
    /// for a format that can hold them. What cannot be read shows when the file itself is read.
    /// </summary>
    public void LookThrough(AnalyzerLimits limits, CaptureNotes notes)
    {
        var aside = new CaptureNotes(limits);
        using var reader = TryOpen(limits, aside, sparing: false, out _);
        while (reader is not null && reader.Advance())
        {
            // Only what stands between the frames is wanted.
        }

        foreach (var keyLog in aside.KeyLogs) notes.TryAddKeyLog(keyLog.Span);
    }

    /// <summary>Whether it can be opened a second time and read from its start.</summary>
    public bool CanOpenAgain => stream is null && new FileInfo(path!) is { Exists: true, Length: > 0 };

    private Stream OpenStream(bool sparing)
    {
        if (stream is not null) return stream;
        return sparing ? new ReopeningFile(path!) : new FileStream(path!, Options);
    }

    // Another process may still be writing the file; buffering is done by the caller.
    private static readonly FileStreamOptions Options = new()
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.SequentialScan,
        BufferSize = 0,
    };

    private const int SparingSize = 16 * 1024;
}
