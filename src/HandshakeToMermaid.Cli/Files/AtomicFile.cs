using System.Runtime.InteropServices;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Cli.Output;
using Microsoft.Win32.SafeHandles;

namespace HandshakeToMermaid.Cli.Files;

/// <summary>
/// A file that is replaced as a whole or not at all: written beside its target, flushed to the disk, then renamed over it. What is no
/// regular file (a device, a pipe, /dev/stdout) is written directly. Links are followed, and an existing file keeps its mode and owner.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private static readonly HashSet<string> Unfinished = [];

    private readonly string target;
    private readonly string? temporary;
    private bool isOpen = true;

    private AtomicFile(Stream stream, string target, string? temporary)
    {
        Stream = stream;
        this.target = target;
        this.temporary = temporary;
    }

    /// <summary>What is to be in the file.</summary>
    public Stream Stream { get; }

    /// <summary>Writes a file.</summary>
    /// <exception cref="OutputException">It could not be written; what was there before is there still.</exception>
    public static void Write(string path, Action<Stream> write) => Write([(path, write)]);

    /// <summary>Writes files that belong together: none is replaced before all are written.</summary>
    /// <exception cref="OutputException">One could not be written; what was there before is there still.</exception>
    public static void Write(IReadOnlyList<(string Path, Action<Stream> Write)> files)
    {
        var written = new List<AtomicFile>(files.Count);
        var path = "";
        try
        {
            for (var i = 0; i < files.Count; i++)
            {
                path = files[i].Path;
                written.Add(Open(path));
                files[i].Write(written[i].Stream);
                written[i].Finish();
            }

            // A process that ends at once does not end between two of them.
            lock (Unfinished)
            {
                for (var i = 0; i < files.Count; i++)
                {
                    path = files[i].Path;
                    written[i].Commit();
                }
            }
        }
        catch (Exception e) when (FileFailure.IsOne(e) && !FileFailure.IsBrokenPipe(e))
        {
            throw new OutputException($"{path} cannot be written: {FileFailure.Reason(e, path)}.", e);
        }
        finally
        {
            foreach (var file in written) file.Dispose();
        }
    }

    /// <summary>Finds out whether a file can be written, without changing it.</summary>
    /// <exception cref="OutputException">It cannot.</exception>
    public static void Check(string path)
    {
        try
        {
            if (StandardStream(path) is not null || FileStatus.Of(path) is { Kind: not (FileKind.Regular or FileKind.Directory) }) return;
            if (Path.Exists(path)) File.OpenHandle(path, FileMode.Open, FileAccess.Write, Shared).Dispose();
            else Beside(Resolve(path), null).Dispose();
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            throw new OutputException($"{path} cannot be written: {FileFailure.Reason(e, path)}.", e);
        }
    }

    /// <summary>Removes what is not finished; for a process that ends at once.</summary>
    public static void DiscardUnfinished()
    {
        lock (Unfinished)
        {
            foreach (var path in Unfinished) Remove(path);
        }
    }

    /// <summary>Ends the process; nothing unfinished is left and nothing more is begun.</summary>
    public static void EndProcess(int exitCode)
    {
        lock (Unfinished)
        {
            DiscardUnfinished();
            Environment.Exit(exitCode);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!isOpen) return;
        isOpen = false;
        try
        {
            Stream.Dispose();
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            // What is still in the stream's buffer cannot be written either; the reason was reported already.
        }
        finally
        {
            if (temporary is not null) Discard(temporary);
        }
    }

    private static AtomicFile Open(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal)) throw new UsageException("the output file name is empty or contains a NUL byte.");
        if (StandardStream(path) is { } standard) return new AtomicFile(standard, path, null);
        var before = FileStatus.Of(path);
        if (before is { Kind: not FileKind.Regular }) return InPlace(path);
        var resolved = Resolve(path);
        if (before is null) return Beside(resolved, null);

        // Checks what a rename would not: that the file itself may be written.
        using (var existing = File.OpenHandle(path, FileMode.Open, FileAccess.Write, Shared))
        {
            // A link through another link's directory: .NET takes ".." by the letter.
            if (before.Identity != FileStatus.Of(resolved)?.Identity) return InPlace(path, FileMode.Create);
        }

        try
        {
            return Beside(resolved, before);
        }
        catch (UnauthorizedAccessException)
        {
            // The file may be written, but nothing may be created beside it.
            return InPlace(path, FileMode.Create);
        }
    }

    private static AtomicFile InPlace(string path, FileMode mode = FileMode.Open) => new(new FileStream(path, mode, FileAccess.Write, Shared), path, null);

    private static AtomicFile Beside(string target, FileStatus? before)
    {
        var beside = TemporaryName.Beside(target);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read };
        if (before is null || OperatingSystem.IsWindows()) return new AtomicFile(Begin(beside, options), target, beside);

        // Others must not read meanwhile what they could not read before.
        var mode = File.GetUnixFileMode(target);
        options.UnixCreateMode = mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var stream = Begin(beside, options);
        var file = new AtomicFile(stream, target, beside);
        if (before.Owner is { } owner) _ = ChangeOwner(stream.SafeFileHandle, owner.User, owner.Group);
        File.SetUnixFileMode(stream.SafeFileHandle, mode);
        return file;
    }

    private static FileStream Begin(string temporary, FileStreamOptions options)
    {
        lock (Unfinished)
        {
            var stream = new FileStream(temporary, options);
            Unfinished.Add(temporary);
            return stream;
        }
    }

    /// <summary>All is written and, where it can be, on the disk.</summary>
    private void Finish()
    {
        if (temporary is not null && Stream is FileStream file) file.Flush(flushToDisk: true);
        else Stream.Flush();
        Stream.Dispose();
    }

    private void Commit()
    {
        if (temporary is not null)
        {
            lock (Unfinished)
            {
                File.Move(temporary, target, overwrite: true);
                Unfinished.Remove(temporary);
            }
        }

        isOpen = false;
    }

    private static void Discard(string temporary)
    {
        lock (Unfinished)
        {
            Remove(temporary);
            Unfinished.Remove(temporary);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            // It stays; there is nothing more to be done about it.
        }
    }

    /// <summary>The process's own output where a path means it: opened anew, a file behind it would be written from its start.</summary>
    private static Stream? StandardStream(string path) => OperatingSystem.IsWindows() ? null : Path.GetFullPath(path) switch
    {
        "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1" => new StandardOutput(),
        "/dev/stderr" or "/dev/fd/2" or "/proc/self/fd/2" => Console.OpenStandardError(),
        _ => null,
    };

    /// <summary>The file that links lead to, whether it is there or not.</summary>
    private static string Resolve(string path)
        => new FileInfo(path).LinkTarget is null ? Path.GetFullPath(path) : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    [DllImport("libc", EntryPoint = "fchown")]
    private static extern int ChangeOwner(SafeFileHandle file, uint user, uint group);

    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
}
