using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>The program as a user runs it: a process of its own, with its outputs and its exit code.</summary>
internal sealed class H2m : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();

    private H2m(ProcessStartInfo start)
    {
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Add(output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
    }

    /// <summary>The number of its process.</summary>
    public int Id => process.Id;

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public string Errors
    {
        get
        {
            lock (errors) return errors.ToString();
        }
    }

    /// <summary>Runs it to its end.</summary>
    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using var run = Start(arguments);
        return (run.WaitForEnd(), run.Output, run.Errors);
    }

    /// <summary>Starts it.</summary>
    public static H2m Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    /// <summary>Starts it with variables of the environment, or through another program ("ip netns exec NAME").</summary>
    public static H2m Start(IReadOnlyDictionary<string, string> environment, string[] arguments, params string[] through)
    {
        string[] line = [.. through, .. TestedProgram.Line, .. arguments];
        var start = new ProcessStartInfo(line[0]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in line.Skip(1)) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new H2m(start);
    }

    /// <summary>Starts watching and waits until it does.</summary>
    public static H2m Watch(params string[] arguments)
    {
        var run = Start(["live", .. arguments]);
        run.WaitForError("watching");
        return run;
    }

    public void WaitForError(string text) => WaitFor(() => Errors.Contains(text, StringComparison.Ordinal), $"'{text}' among: {Errors}");

    public void WaitForOutput(string text) => WaitFor(() => Output.Contains(text, StringComparison.Ordinal), $"'{text}'");

    /// <summary>Waits until a recorded command may be running.</summary>
    public void WaitForStart() => Thread.Sleep(1000);

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public int WaitForEnd()
    {
        Assert.True(process.WaitForExit(60_000), $"still running: {Errors}");
        process.WaitForExit();
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private void WaitFor(Func<bool> condition, string what)
    {
        for (var i = 0; i < 600 && !condition(); i++)
        {
            if (process.HasExited) break;
            Thread.Sleep(50);
        }

        Assert.True(condition(), $"waited for {what}; {Errors}");
    }

    private static void Add(StringBuilder text, string? line)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
    }
}
