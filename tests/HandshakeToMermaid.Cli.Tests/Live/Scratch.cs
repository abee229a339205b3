namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>A directory for one test, which any user may write to: a live capture writes with lesser rights than the test has.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Directory = System.IO.Directory.CreateTempSubdirectory("live-test-").FullName;
        if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(Directory, Everyone);
    }

    public string Directory { get; }

    public string File(string name) => Path.Combine(Directory, name);

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);

    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;
}
