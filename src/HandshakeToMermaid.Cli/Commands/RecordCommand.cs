using System.CommandLine;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Cli.Live;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Rights;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m record -- COMMAND</c>: runs a command and draws the connections that it made.</summary>
internal static class RecordCommand
{
    public static Command Create(Interruption interruption)
    {
        var command = new Command("record", Description);
        var program = new Argument<string[]>("COMMAND") { Arity = ArgumentArity.OneOrMore, Description = "the command and its arguments, after --" };
        command.Arguments.Add(program);
        var capture = new CaptureOptions(command);
        var host = new HostOption(command);
        var selection = new SelectionOptions(command, host);
        var picture = new DrawingOptions(command);
        var output = new OutputOptions(command, host);
        var redact = new RedactOptions(command);
        var user = new UserOption(command, "as root: who runs the command and owns the output (default: who called sudo, else root)");
        command.SetAction(parsed =>
        {
            var wanted = selection.Read(parsed);
            using var redaction = redact.Read(parsed);
            var product = output.Open(parsed, picture, redaction);
            var account = user.Read(parsed, static () => Account.Root);
            UserOption.RequireWritable(product, redact.Map(parsed), account);
            return Record(parsed, interruption, parsed.GetRequiredValue(program), capture, account, wanted, product, redaction);
        });
        return command;
    }

    private static int Record(ParseResult parsed, Interruption interruption, string[] program, CaptureOptions capture, Account? account, Selection wanted, OutputTarget product, ProductRedaction? redaction)
    {
        var isQuiet = capture.IsQuiet(parsed);
        CommandRun? command = null;
        using var keyLog = PrivateKeyLog.Create(account);
        interruption.BeforeEnd(keyLog.Dispose);
        var options = capture.Analyzer(parsed);
        using var source = capture.Open(parsed, Usual, [keyLog.FilePath], account);
        using var sockets = ProcessSockets.Begin();
        interruption.BeginGrace(signal => command?.Pass(signal));
        command = CommandRun.Start(program, keyLog.FilePath, account, out var problem, out var exitCode);
        if (command is null)
        {
            Console.Error.WriteLine($"h2m: {problem}.");
            return exitCode;
        }

        using var running = command;
        interruption.BeforeEnd(() => running.End(LastMoment));
        if (interruption.First is { } early) command.Pass(early);
        sockets?.Follow(command.Id);
        LesserRights.Take(account, runsPrograms: product.RunsProgram);
        PrivateKeyLog.SweepOthers();
        var session = new RecordSession(command, sockets, wanted, interruption.Token, redaction);
        var summary = new HandshakeAnalyzer(options).Watch(source, session);
        var drawn = session.Kept.InOrder();
        if (drawn.Count > 0)
        {
            foreach (var remark in product.Write(drawn, interruption.Overdue))
            {
                if (!isQuiet) Console.Error.WriteLine($"h2m: {remark}");
            }
        }

        redaction?.Finish();
        if (!isQuiet) Say(session, drawn, source.KeyLogs.Count > 0, summary, parsed, capture);
        var own = LiveReport.Write(summary, source, session.BySocket + session.ByTime, drawn.Count, isQuiet: true);
        if (session.Exhausted is { } full)
        {
            Console.Error.WriteLine($"h2m: {full.Message}; the output holds what was seen until then.");
            own = ExitCode.Unreadable;
        }

        if (!command.HasEnded) return own;
        if (command.ExitCode != 0) return command.ExitCode;
        return interruption.First is null ? own : ExitCode.Interrupted;
    }

    private static void Say(RecordSession session, IReadOnlyList<DiagnosedConnection> drawn, bool hasSecrets, AnalysisSummary summary, ParseResult parsed, CaptureOptions capture)
    {
        var (sockets, time) = (session.BySocket, session.ByTime);
        var text = (sockets, time) switch
        {
            (0, 0) => $"the command made no connection in {summary.Frames} packets",
            (_, 0) => $"{Connections(sockets)} of the command, matched by its sockets",
            (0, _) => $"{Connections(time)} that began while the command ran, matched by time because none of its sockets was seen",
            _ => $"{Connections(sockets)} of the command, matched by its sockets, and {time} more that began while it ran, matched by time",
        };
        if (session.OfOthers > 0) text += $"; {session.OfOthers} of other programs omitted";
        Console.Error.WriteLine($"h2m: {text}.");
        if (drawn.Count == 0 && sockets + time > 0) Console.Error.WriteLine("h2m: none of them is selected.");
        if (!hasSecrets && sockets + time > 0)
        {
            Console.Error.WriteLine("h2m: no TLS secrets were written, so encrypted messages are not decrypted: the command does not support SSLKEYLOGFILE (curl, Firefox, Chromium, Node with --tls-keylog, Python and Go programs may), or made no TLS connection.");
        }

        if (capture.WrittenTo(parsed) is { } path) Console.Error.WriteLine($"h2m: packets{(hasSecrets ? " and secrets" : "")} are in {path}.");
    }

    private static string Connections(int count) => count == 1 ? "1 connection" : $"{count} connections";

    /// <summary>All interfaces, where the system has that: a command may go anywhere, to this machine too.</summary>
    private static string? Usual() => OperatingSystem.IsLinux() ? "any" : DefaultInterface.Find();

    /// <summary>What a command has that was told twice to end.</summary>
    private static readonly TimeSpan LastMoment = TimeSpan.FromMilliseconds(300);

    private const string Description = """
        Runs a command, captures its traffic and its TLS secrets, and draws its connections.
        The command's input, output and exit code are its own; without -o the diagram follows its output.

        Examples:
          h2m record -o diagram.mmd -- curl -s https://example.com
          h2m record --redact -o issue.md -- curl -s https://intranet.example
          h2m record --write session.pcapng -o diagram.mmd -- node fetch.js
        """;
}
