using System.CommandLine;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Cli.Commands;

namespace HandshakeToMermaid.Cli;

/// <summary>The commands of <c>h2m</c>, and what becomes of what goes wrong in them.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line and returns the exit code.</summary>
    public static async Task<int> Run(string[] args, CancellationToken cancellation = default)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"h2m: {error.Message}");
            var name = parsed.CommandResult.Command is RootCommand ? "h2m" : $"h2m {parsed.CommandResult.Command.Name}";
            await Console.Error.WriteLineAsync($"Try '{name} --help'.");
            return ExitCode.WrongUsage;
        }
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, cancellation);
        }
        catch (Exception wrong) when (wrong is UsageException or FilterException)
        {
            await Console.Error.WriteLineAsync($"h2m: {wrong.Message}");
            return ExitCode.WrongUsage;
        }
        catch (IOException broken) when (IsBrokenPipe(broken))
        {
            // The reader of our output had enough (h2m list x.pcap | head): that is its good right.
            return ExitCode.Done;
        }
        catch (Exception failed) when (failed is CaptureException or KeyLogException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"h2m: {failed.Message}");
            return ExitCode.Unreadable;
        }
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Draws the DNS, TCP and TLS handshakes of a packet capture as Mermaid sequence diagrams.");
        root.Subcommands.Add(ConvertCommand.Create());
        root.Subcommands.Add(ListCommand.Create());
        root.Subcommands.Add(LiveCommand.Create());
        root.Subcommands.Add(RecordCommand.Create());
        root.Subcommands.Add(InterfacesCommand.Create());
        root.Subcommands.Add(TemplatesCommand.Create());
        return root;
    }

    private static bool IsBrokenPipe(IOException error) => error.HResult is BrokenPipe or BrokenPipeWindows;

    /// <summary>EPIPE.</summary>
    private const int BrokenPipe = 32;

    /// <summary>ERROR_NO_DATA as an HRESULT.</summary>
    private const int BrokenPipeWindows = unchecked((int)0x800700E8);
}
