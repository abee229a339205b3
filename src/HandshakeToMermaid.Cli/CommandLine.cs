using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Cli.Commands;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Cli;

/// <summary>The commands of <c>h2m</c>, and what becomes of what goes wrong in them.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line and returns the exit code.</summary>
    public static async Task<int> Run(string[] args, CancellationToken cancellation = default)
    {
        using var interruption = new Interruption();
        var parsed = Root(args, interruption).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"h2m: {error.Message}");
            await Console.Error.WriteLineAsync($"Try '{PathOf(parsed.CommandResult)} --help'.");
            return ExitCode.WrongUsage;
        }
        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, cancellation);
            var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, ends.Token);
            return code == ExitCode.Interrupted && interruption.First is { } signal ? Interruption.ExitCodeOf(signal) : code;
        }
        catch (Exception wrong) when (wrong is UsageException or FilterException)
        {
            await Console.Error.WriteLineAsync($"h2m: {wrong.Message}");
            return ExitCode.WrongUsage;
        }
        catch (IOException broken) when (FileFailure.IsBrokenPipe(broken))
        {
            // The reader of our output had enough (h2m list x.pcap | head): that is its good right.
            return ExitCode.Done;
        }
        catch (Exception failed) when (failed is CaptureException or KeyLogException or OutputException)
        {
            await Console.Error.WriteLineAsync($"h2m: {failed.Message}");
            return ExitCode.Unreadable;
        }
        catch (Exception refused) when (refused is LeakException or PseudonymsExhaustedException)
        {
            await Console.Error.WriteLineAsync($"h2m: {refused.Message}.");
            return ExitCode.Unreadable;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Files are named where they are opened: this is a standard stream, or a file that was taken away while it was read.
            await Console.Error.WriteLineAsync($"h2m: input or output failed: {FileFailure.Reason(failed)}.");
            return ExitCode.Unreadable;
        }
    }

    /// <summary>
    /// The command tree. Where the first word names a command, the others are not made: nothing can be asked of them, and a short
    /// run is mostly preparation. A RootCommand is avoided for the same reason: it looks up its texts and its own name first.
    /// </summary>
    private static Command Root(string[] args, Interruption interruption)
    {
        var root = new Command("h2m", "Draws the DNS, TCP and TLS handshakes of a packet capture as Mermaid sequence diagrams.");
        root.Options.Add(new Option<bool>("--help", "-h", "-?") { Description = "show this help", Recursive = true, Arity = ArgumentArity.Zero, Action = new HelpAction() });
        root.Options.Add(new Option<bool>("--version") { Description = "show the version", Arity = ArgumentArity.Zero, Action = new ShowVersion() });
        var named = args.Length == 0 ? default : Array.Find(Commands, c => c.Name == args[0]);
        foreach (var (_, create) in named.Name is null ? Commands : [named]) root.Subcommands.Add(create(interruption));
        return root;
    }

    private static readonly (string Name, Func<Interruption, Command> Create)[] Commands =
    [
        ("convert", ConvertCommand.Create),
        ("list", ListCommand.Create),
        ("compare", CompareCommand.Create),
        ("live", LiveCommand.Create),
        ("record", RecordCommand.Create),
        ("check", CheckCommand.Create),
        ("embed", EmbedCommand.Create),
        ("redact", RedactCommand.Create),
        ("schema", static _ => SchemaCommand.Create()),
        ("interfaces", static _ => InterfacesCommand.Create()),
        ("templates", static _ => TemplatesCommand.Create()),
    ];

    private static string PathOf(CommandResult result) => result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : result.Command.Name;
}
