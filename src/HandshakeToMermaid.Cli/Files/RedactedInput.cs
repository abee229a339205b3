using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Cli.Files;

/// <summary>A capture that is read several times. What came through a pipe is stored meanwhile, in a directory that only its owner may enter.</summary>
internal sealed class RedactedInput : IDisposable
{
    private readonly string path;
    private readonly string? folder;

    /// <summary>A file.</summary>
    public RedactedInput(string path) => this.path = path;

    private RedactedInput(string folder, string path) => (this.folder, this.path) = (folder, path);

    /// <summary>Stores standard input to its end; a signal ends the process until then, and leaves nothing behind.</summary>
    /// <exception cref="OutputException">It cannot be stored.</exception>
    public static RedactedInput Stored(Stream standardInput, Interruption interruption, CancellationToken cancellation)
    {
        var created = Directory.CreateTempSubdirectory("h2m-redact-").FullName;
        interruption.BeforeEnd(() => Remove(created));
        var stored = new RedactedInput(created, Path.Combine(created, "input"));
        try
        {
            using (standardInput)
            using (var file = new FileStream(stored.path, FileMode.CreateNew))
            {
                standardInput.CopyToAsync(file, cancellation).GetAwaiter().GetResult();
            }

            return stored;
        }
        catch (IOException e)
        {
            stored.Dispose();
            throw new OutputException($"standard input cannot be stored in {Path.GetTempPath()}: {FileFailure.Reason(e)}.", e);
        }
        catch
        {
            stored.Dispose();
            throw;
        }
    }

    /// <summary>Opens it, from its start.</summary>
    /// <exception cref="CaptureException">It cannot be read, or is no capture.</exception>
    public ICaptureSource Open() => folder is null ? CaptureFiles.Open([path], AnalyzerLimits.Default) : CaptureFiles.Open(File.OpenRead(path), "standard input", AnalyzerLimits.Default);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (folder is not null) Remove(folder);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
