using System.CommandLine;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Cli.Live;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Rights;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m live</c>: handshakes of an interface, while they happen.</summary>
internal static class LiveCommand
{
    public static Command Create(Interruption interruption)
    {
        var command = new Command("live", Description);
        var capture = new CaptureOptions(command);
        var host = new HostOption(command);
        var selection = new SelectionOptions(command, host);
        var picture = new DrawingOptions(command);
        var output = new OutputOptions(command, host);
        var redact = new RedactOptions(command);
        var user = new UserOption(command, "as root: whose rights are enough once the interface is open (default: who called sudo, else nobody)");
        var count = new Option<int?>("--count", "-n") { Description = "stop after this many connections", HelpName = "COUNT" };
        count.Validators.Add(static result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var given) && given < 1) result.AddError("--count takes 1 or more.");
        });
        var duration = Spans.Option("--duration", "stop after this time", TimeSpan.Zero);
        var maxFiles = new Option<int>("--max-files") { Description = "maximum number of diagrams in a directory", HelpName = "N", DefaultValueFactory = static _ => 1000 };
        var json = new Option<bool>("--json") { Description = "rows as JSON, one object per connection and line" };
        var statistics = new Option<bool>("--stats") { Description = "print the counters every few seconds" };
        foreach (var option in (Option[])[count, duration, maxFiles, json, statistics]) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var wanted = selection.Read(parsed);
            using var redaction = redact.Read(parsed);
            var product = output.IsAskedFor(parsed) ? output.Open(parsed, picture, redaction) : null;
            var account = user.Read(parsed, static () => Account.Nobody);
            UserOption.RequireWritable(product, redact.Map(parsed), account);
            var limit = parsed.GetValue(duration);
            return Watch(parsed, interruption, capture, account, product, parsed.GetValue(json), redaction, rows => new LiveSession(wanted)
            {
                Rows = rows,
                Redaction = redaction,
                Folder = product is { IsFolder: true } ? new DiagramFolder(product, parsed.GetValue(maxFiles)) : null,
                Kept = product is { IsFolder: false } ? new WatchedConnections(MaxSpare) : null,
                Count = parsed.GetValue(count),
                Duration = limit > TimeSpan.Zero ? limit : null,
                ShowsStatistics = parsed.GetValue(statistics),
            });
        });
        return command;
    }

    private static int Watch(ParseResult parsed, Interruption interruption, CaptureOptions capture, Account? account, OutputTarget? product, bool asJson, ProductRedaction? redaction, Func<LiveRows?, LiveSession> begin)
    {
        var isQuiet = capture.IsQuiet(parsed);
        var options = capture.Analyzer(parsed);
        using var source = capture.Open(parsed, DefaultInterface.Find, [], account);
        using var rows = Rows(product, asJson, redaction);
        LesserRights.Take(account, runsPrograms: product is { RunsProgram: true });
        interruption.BeginGrace();
        var session = begin(rows);
        if (!isQuiet) Console.Error.WriteLine($"h2m: watching {source.InterfaceName}; Ctrl+C stops it.");
        var summary = new HandshakeAnalyzer(options).Watch(source, session, interruption.Token);
        rows?.Wipe();
        if (session.Kept is { } kept) Draw(product!, kept, isQuiet, interruption.Overdue);
        redaction?.Finish();
        if (session.Folder is { } folder && !isQuiet) Say(folder, product!.Target!);
        var code = LiveReport.Write(summary, source, session.DecidedCount, session.Shown, isQuiet);
        if (session.Exhausted is not { } full) return code;
        Console.Error.WriteLine($"h2m: {full.Message}; the output holds what was seen until then.");
        return ExitCode.Unreadable;
    }

    private static void Draw(OutputTarget product, WatchedConnections kept, bool isQuiet, CancellationToken overdue)
    {
        var drawn = kept.InOrder();
        if (drawn.Count == 0) return;
        foreach (var remark in product.Write(drawn, overdue))
        {
            if (!isQuiet) Console.Error.WriteLine($"h2m: {remark}");
        }

        if (kept.LeftOut > 0) Console.Error.WriteLine($"h2m: the first {drawn.Count} connections are drawn; {kept.LeftOut} more are omitted. A directory (-o DIR/) gets one file each.");
    }

    private static void Say(DiagramFolder folder, string path)
    {
        if (folder.Written > 0) Console.Error.WriteLine($"h2m: {(folder.Written == 1 ? "1 diagram" : $"{folder.Written} diagrams")} written to {path}.");
        if (folder.LeftOut > 0) Console.Error.WriteLine($"h2m: {Quantities.Count(folder.LeftOut, "connection has", "connections have")} no diagram because --max-files was reached.");
    }

    /// <summary>Where the product itself goes to standard output, rows go where messages go.</summary>
    private static LiveRows? Rows(OutputTarget? product, bool asJson, ProductRedaction? redaction)
    {
        var isProduct = product is { IsStandardOutput: true };
        var stream = isProduct ? Console.OpenStandardError() : new StandardOutput();
        var isTerminal = !asJson && !(isProduct ? Console.IsErrorRedirected : Console.IsOutputRedirected);
        IRowWriter rows = asJson ? new JsonRows(stream) : new TableRows(stream, isTerminal);
        return new LiveRows(stream, redaction is null ? rows : new RedactedRows(rows, redaction), isTerminal);
    }

    /// <summary>A diagram of more would be unreadable; each stored connection costs tens of kilobytes.</summary>
    private const int MaxSpare = 2000;

    private const string Description = """
        Shows handshakes while they happen, one row each, and draws them.

        Examples:
          h2m live
          h2m live -i any --filter 'tcp port 443' --failed -o failures/
          h2m live -i eth0 -n 1 -f mermaid
          h2m live --key-log ~/keys.log --write session.pcapng --duration 30s
        """;
}
