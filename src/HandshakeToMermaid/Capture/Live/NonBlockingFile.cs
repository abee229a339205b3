using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>A file or a named pipe that is read without waiting: neither for a writer nor for what it writes (open(2), O_NONBLOCK).</summary>
internal static partial class NonBlockingFile
{
    /// <summary>Opens it for reading.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FileStream Open(string path)
    {
        if (OperatingSystem.IsWindows()) return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var flags = OperatingSystem.IsLinux() ? LinuxFlags : BsdFlags;
        var descriptor = OpenFile(path, flags);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw error is PermissionDenied ? new UnauthorizedAccessException(FileFailure.Reason(new IOException(null, error))) : new IOException(null, error);
        }

        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>True for a read that would have had to wait.</summary>
    public static bool IsEmpty(IOException failure) => failure.HResult is LinuxAgain or BsdAgain;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    // O_RDONLY | O_NONBLOCK | O_CLOEXEC.
    private const int LinuxFlags = 0x80800;
    private const int BsdFlags = 0x1000004;

    // EACCES; EAGAIN.
    private const int PermissionDenied = 13;
    private const int LinuxAgain = 11;
    private const int BsdAgain = 35;
}
