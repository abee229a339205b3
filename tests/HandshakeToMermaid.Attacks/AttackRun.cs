using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HandshakeToMermaid.Attacks;

/// <summary>What a run of the program took and said. Measured from /proc every few milliseconds: the last few are not counted.</summary>
internal sealed record AttackRun(TimeSpan Wall, TimeSpan Processor, long PeakBytes, int ExitCode, string Output, string Errors)
{
    /// <summary>The last line of the error output.</summary>
    public string Sentence => Errors.TrimEnd().Split('\n')[^1];

    /// <summary>Runs the program until it ends, for two minutes at most.</summary>
    public static AttackRun Of(string program, IReadOnlyList<string> arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var start = new StringBuilder();
        var output = Task.Run(() => Head(process.StandardOutput, start));
        var errors = process.StandardError.ReadToEndAsync();
        var (processor, peak) = (TimeSpan.Zero, 0L);
        while (!process.WaitForExit(5))
        {
            if (clock.Elapsed > Patience) process.Kill();
            if (Sample(process.Id) is not { } sample) continue;
            (processor, peak) = sample;
        }

        output.Wait();
        return new AttackRun(clock.Elapsed, processor, peak, process.ExitCode, start.ToString(), errors.Result);
    }

    /// <summary>What of the goals was missed.</summary>
    public IEnumerable<string> Faults(Attack attack)
    {
        if (!attack.ExitCodes.Contains(ExitCode)) yield return $"exit {ExitCode}";
        if (PeakBytes > MostBytes) yield return $"more than {MostBytes >> 20} MiB";
        if (Wall > Patience) yield return "not over in two minutes";
        if (Errors.Contains("   at ", StringComparison.Ordinal)) yield return "an exception";
        if (!Regex.IsMatch(Output, attack.Reaches) && !Regex.IsMatch(Errors, attack.Reaches)) yield return $"it did not reach /{attack.Reaches}/";
    }

    /// <summary>Reads all, and keeps the beginning.</summary>
    private static void Head(StreamReader reader, StringBuilder start)
    {
        var buffer = new char[64 * 1024];
        while (reader.Read(buffer) is > 0 and var length)
        {
            if (start.Length < KeptCharacters) start.Append(buffer, 0, length);
        }
    }

    private static (TimeSpan Processor, long Peak)? Sample(int id)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            var peak = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return (TimeSpan.FromMilliseconds(ticks * 10), long.Parse(peak["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            return null;
        }
    }

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private const long MostBytes = 300L * 1024 * 1024;
    private const int KeptCharacters = 4 * 1024 * 1024;
}
