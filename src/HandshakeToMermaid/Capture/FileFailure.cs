namespace HandshakeToMermaid.Capture;

/// <summary>
/// Why a file could not be read or written, in short messages of this library: the runtime's messages are longer, and a trimmed program carries only
/// the names of their resources.
/// </summary>
internal static class FileFailure
{
    /// <summary>A clause without a full stop, such as "the disk is full".</summary>
    /// <param name="failure">What the runtime threw.</param>
    /// <param name="path">The file; null where it is not known.</param>
    public static string Reason(Exception failure, string? path = null) => failure switch
    {
        UnauthorizedAccessException when Directory.Exists(path) => "it is a directory",
        FileNotFoundException => "it does not exist",
        DirectoryNotFoundException => "its directory does not exist",
        PathTooLongException => "its name is too long",
        UnauthorizedAccessException { InnerException: IOException inner } when NameOf(inner.HResult) is { } known => known,
        UnauthorizedAccessException => "permission denied",
        ArgumentOutOfRangeException => TooLarge,
        _ when NameOf(failure.HResult) is { } known => known,
        IOException { HResult: > 0 and < 4096 } => $"the system reports error {failure.HResult}",

        // A stream of the caller's own speaks for itself; the name of a resource has no space.
        _ when failure.Message.Contains(' ', StringComparison.Ordinal) => failure.Message.TrimEnd('.'),
        _ => $"the system reports error 0x{failure.HResult:X8}",
    };

    /// <summary>True for what the runtime throws where a file fails, as against a fault of the program.</summary>
    public static bool IsOne(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: TooLargeParameter };

    /// <summary>True where the reader of a pipe has gone.</summary>
    public static bool IsBrokenPipe(Exception failure) => failure is IOException { HResult: BrokenPipe or BrokenPipeWindows };

    /// <summary>
    /// The failures that people meet. On Unix an <see cref="IOException"/> carries errno (these numbers are Linux's; 1 to 30 are everybody's),
    /// on Windows the system's error as an HRESULT.
    /// </summary>
    private static string? NameOf(int code) => code switch
    {
        1 or 13 => "permission denied",
        2 => "it does not exist",
        5 => "the device reports an input/output error",
        8 => "it is not a program that this system can run",
        11 or 26 or 16 or unchecked((int)0x80070020) or unchecked((int)0x80070021) => "another program has it open or locked; try again when that has ended",
        20 => "a part of its path is not a directory",
        21 => "it is a directory",
        23 or 24 => "too many files are open",
        27 => TooLarge,
        28 or unchecked((int)0x80070070) or unchecked((int)0x80070027) => "the disk is full",
        30 or unchecked((int)0x80070013) => "the file system is read-only",
        BrokenPipe or BrokenPipeWindows => "the pipe has no reader",
        36 or 63 => "its name is too long",
        40 or 62 => "it has too many levels of symbolic links",
        69 or 122 => "the disk quota is used up",
        _ => null,
    };

    private const string TooLarge = "it would exceed the file size limit";

    /// <summary>EFBIG comes as an ArgumentOutOfRangeException of this parameter.</summary>
    private const string TooLargeParameter = "value";

    /// <summary>EPIPE.</summary>
    private const int BrokenPipe = 32;

    /// <summary>ERROR_NO_DATA as an HRESULT.</summary>
    private const int BrokenPipeWindows = unchecked((int)0x800700E8);
}
