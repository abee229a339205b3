using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using HandshakeToMermaid.Tests;

namespace HandshakeToMermaid.Cli.Tests.Fleets;

/// <summary>
/// DuckDB as npm has it, brought once into this project's <c>obj</c> folder; the feed of NuGet packages has DuckDB.NET without its native library. The
/// quick set uses it only where it is there already.
/// </summary>
internal static class DuckDb
{
    private const string Package = "@duckdb/node-api@1.5.6-r.1";
    private static readonly Lock Bringing = new();
    private static readonly string Place = Path.Combine(H2m.Root, "tests", "HandshakeToMermaid.Cli.Tests", "obj", "duckdb");

    /// <summary>Runs statements in one database whose relative paths start at <paramref name="folder"/>; returns the rows of each.</summary>
    public static IReadOnlyList<JsonArray> Query(string folder, IEnumerable<string> statements)
    {
        Bring();
        var script = Path.Combine(H2m.Root, "tests", "HandshakeToMermaid.Cli.Tests", "Fleets", "query.cjs");
        var (code, output, error) = Run("node", [script, Place], folder, JsonSerializer.Serialize(statements));
        Assert.True(code == 0, error);
        return [.. JsonNode.Parse(output)!.AsArray().Select(rows => rows!.AsArray())];
    }

    private static void Bring()
    {
        lock (Bringing)
        {
            var mark = Path.Combine(Place, "brought");
            if (File.Exists(mark)) return;
            TestSet.NeedsAll("DuckDB, which is brought from npm");
            Directory.CreateDirectory(Place);
            var (code, _, error) = Run("npm", ["install", "--silent", "--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--prefix", Place, Package], Place, "");
            Skip.IfNot(code == 0, $"needs {Package} from npm: {error.Trim()}");
            var (loads, _, why) = Run("node", ["-e", "require(process.argv[1] + '/node_modules/@duckdb/node-api')", Place], Place, "");
            Skip.IfNot(loads == 0, $"DuckDB has no library for this machine: {why.Trim()}");
            File.WriteAllText(mark, Package);
        }
    }

    private static (int Code, string Output, string Error) Run(string program, string[] arguments, string folder, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder, UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            return (process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
        catch (Win32Exception)
        {
            Skip.If(true, $"needs {program}");
            throw;
        }
    }
}
