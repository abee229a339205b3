using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using HandshakeToMermaid.Tests;

namespace HandshakeToMermaid.Browser.Tests;

/// <summary>Mermaid as npm has it, brought once into this project's <c>obj</c> folder.</summary>
internal static class MermaidVersion
{
    /// <summary>The versions that hosts run: GitLab until 2026 and Obsidian's first, GitHub's, and the latest.</summary>
    public static readonly string[] All = ["10.9.8", "11.16.0", "12.3.0"];

    /// <summary>Those in whose pictures texts are measured; 9.4.3 lays out notes as hosts with old copies do.</summary>
    public static readonly string[] Measured = ["9.4.3", .. All];

    /// <summary>The version of GitHub, the only one of the quick set.</summary>
    public const string OfGitHub = "11.16.0";

    /// <summary>The script of a version; the test is skipped where it cannot be brought, and in the quick set for other versions than GitHub's.</summary>
    public static string ScriptOf(string version)
    {
        if (version != OfGitHub) TestSet.NeedsAll($"Mermaid {version}");
        lock (All)
        {
            var script = Path.Combine(Checkout.PathOf("tests", "HandshakeToMermaid.Browser.Tests", "obj", "mermaid"), version, "mermaid.min.js");
            if (!File.Exists(script)) Bring(version, script);
            return script;
        }
    }

    private static void Bring(string version, string script)
    {
        var folder = Directory.CreateTempSubdirectory("mermaid").FullName;
        try
        {
            Pack(version, folder);
            var package = Directory.EnumerateFiles(folder, "*.tgz").FirstOrDefault();
            Skip.If(package is null, $"needs mermaid {version} from npm, which gave nothing");
            Directory.CreateDirectory(Path.GetDirectoryName(script)!);
            Unpack(package!, script);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Pack(string version, string folder)
    {
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["pack", "--silent", $"mermaid@{version}"]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            Skip.If(npm is null, "needs npm");
            var said = npm!.StandardError.ReadToEndAsync();
            npm.StandardOutput.ReadToEnd();
            if (!npm.WaitForExit(TimeSpan.FromMinutes(2))) npm.Kill(entireProcessTree: true);
            Skip.IfNot(npm.HasExited && npm.ExitCode == 0, $"needs mermaid {version} from npm: {said.Result.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Skip.If(true, "needs npm");
        }
    }

    private static void Unpack(string package, string script)
    {
        using var reader = new TarReader(new GZipStream(File.OpenRead(package), CompressionMode.Decompress));
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name != "package/dist/mermaid.min.js") continue;
            entry.ExtractToFile(script, overwrite: true);
            return;
        }
    }
}
