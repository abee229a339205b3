using System.Diagnostics;

namespace HandshakeToMermaid.Mutation;

/// <summary>A process of this program that runs tests with one mutant after the other active.</summary>
internal sealed class TestProcess : IDisposable
{
    private readonly Process process;

    /// <summary>So many times its patience in processor time has a process by the clock.</summary>
    private const int IdleFactor = 15;

    private TestProcess(Process process) => this.process = process;

    /// <summary>Starts one for the tests of a namespace.</summary>
    public static TestProcess Start(string room, string coverage)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "tests", room, coverage }) info.ArgumentList.Add(argument);
        var started = Process.Start(info)!;
        started.ErrorDataReceived += static (_, _) => { };
        started.BeginErrorReadLine();
        return new TestProcess(started);
    }

    /// <summary>
    /// What tests say of a mutant. One that does not answer in time, or ends the process, is caught; this process is then over. Processor time counts, so
    /// that a busy machine catches nothing; of a process that waits without using any, many times as much of the clock's.
    /// </summary>
    public Verdict Ask(Mutant mutant, TimeSpan patience)
    {
        process.StandardInput.WriteLine(mutant.Number);
        process.StandardInput.Flush();
        var answer = process.StandardOutput.ReadLineAsync();
        var (begun, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        while (!answer.Wait(TimeSpan.FromMilliseconds(200)))
        {
            process.Refresh();
            if (process.HasExited) break;
            if (process.TotalProcessorTime - begun > patience || clock.Elapsed > IdleFactor * patience) return Verdict.TimedOut;
        }

        return answer.Result switch
        {
            nameof(Verdict.Survived) => Verdict.Survived,
            nameof(Verdict.Killed) => Verdict.Killed,
            nameof(Verdict.Stained) => Verdict.Stained,
            _ => Verdict.Crashed,
        };
    }

    /// <summary>The other side: answers each number that comes with a line.</summary>
    public static void Serve(string room, string coverage)
    {
        var answers = Console.Out;
        Console.SetOut(TextWriter.Null);
        var mutants = new MutantSwitch();
        var reached = Coverage.Read(coverage).Tests;
        RoomTests? tests = null;
        while (Console.In.ReadLine() is { } line)
        {
            var number = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
            mutants.Activate(number);
            tests ??= new RoomTests(room);
            var failed = tests.FirstFailure(reached[number]);
            mutants.Activate(null);

            // A test that now fails without the mutant too was changed by an earlier one, which left something behind in this process.
            var verdict = failed is null ? Verdict.Survived : tests.FirstFailure([failed]) is null ? Verdict.Killed : Verdict.Stained;
            answers.WriteLine(verdict.ToString());
            answers.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
