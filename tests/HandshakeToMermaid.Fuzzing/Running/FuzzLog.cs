using System.Globalization;
using System.Reflection;

namespace HandshakeToMermaid.Fuzzing.Running;

/// <summary>The log of long runs: a table in Markdown to which each adds a line for each target.</summary>
/// <param name="path">The file.</param>
internal sealed class FuzzLog(string path)
{
    /// <summary>The log that is kept with the sources.</summary>
    public static string Kept => Path.Combine(Corpus.Repository, "tests", "HandshakeToMermaid.Fuzzing", "log.md");

    /// <summary>Adds a line.</summary>
    public void Add(string target, int seed, FuzzRun run, TimeSpan processor)
    {
        if (!File.Exists(path)) File.WriteAllText(path, Header);
        var version = typeof(Handshakes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];
        File.AppendAllText(path, string.Create(
            CultureInfo.InvariantCulture,
            $"| {DateTime.UtcNow:yyyy-MM-dd} | {version} | {target} | {seed} | {run.Inputs} | {processor.TotalMinutes:0.0} | {run.Crashes} | {run.Slowest.TotalMilliseconds:0} | {run.MostBytesPerByte:0} |\n"));
    }

    private const string Header = """
        # Long runs

        One line for each target and run. Slowest is the CPU of one input, a collection of the heap included; bytes per byte is the most that was allocated
        for a byte of input, inputs below 1 KiB counting as 1 KiB.

        | date | version | target | seed | inputs | CPU min | crashes | slowest ms | bytes per byte |
        |:--|:--|:--|--:|--:|--:|--:|--:|--:|

        """;
}
