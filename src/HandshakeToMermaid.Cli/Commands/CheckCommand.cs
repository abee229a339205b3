using System.CommandLine;
using HandshakeToMermaid.Assertions;
using HandshakeToMermaid.Cli.Checking;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Reports;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m check</c>: assertions about the connections of captures.</summary>
internal static class CheckCommand
{
    public static Command Create(Interruption interruption)
    {
        var command = new Command("check", Description);
        var input = new InputOptions(command);
        var assertions = new AssertionOptions(command);
        var selection = new SelectionOptions(command, new HostOption(command, hasPages: false), hasServerNames: false);
        var knowledge = new KnowledgeOptions(command);
        var judging = new JudgingOptions(command, canFail: false);
        var format = new Option<string>("--format", "-f") { Description = "format of the report", HelpName = string.Join('|', CheckReports.All.Select(r => r.Name)), DefaultValueFactory = _ => CheckReports.All[0].Name };
        format.AcceptOnlyFromAmong([.. CheckReports.All.Select(r => r.Name)]);
        var diagrams = new Option<string?>("--output", "-o") { Description = "directory that gets a diagram (.mmd) of each connection that fails an assertion", HelpName = "DIR" };
        var most = new Option<int>("--max-connections") { Description = "maximum number of connections drawn; the others are only counted", HelpName = "N", DefaultValueFactory = _ => 100 };
        command.Options.Add(format);
        command.Options.Add(diagrams);
        command.Options.Add(most);
        var redact = new RedactOptions(command);
        command.SetAction((parsed, cancellation) =>
        {
            using var redaction = redact.Read(parsed);
            var folder = parsed.GetValue(diagrams) is { } path ? new OffenderFolder(path, parsed.GetValue(most), redaction) : null;
            return Task.FromResult(Check(
                parsed, input, assertions.Read(parsed), selection.Read(parsed), judging.Read(parsed, knowledge.Read(parsed, input.IsQuiet(parsed))),
                CheckReports.All.First(r => r.Name == parsed.GetValue(format)), folder, redaction is null ? null : new RedactedCheck(redaction), interruption, cancellation));
        });
        return command;
    }

    private static int Check(
        ParseResult parsed, InputOptions input, IReadOnlyList<CheckRule> rules, Selection wanted, AnalyzerOptions options, ICheckReport report, OffenderFolder? folder,
        RedactedCheck? redacted, Interruption interruption, CancellationToken cancellation)
    {
        // One after the other, so that the numbers of pseudonyms follow the capture.
        if (redacted is not null) options = options with { Threads = 1 };
        using var source = input.Open(parsed, options.Limits, cancellation);
        interruption.BeginGrace();
        var connections = new List<CheckedConnection>();
        var summary = Analysis.Run(
            source,
            options,
            input.ShowsProgress(parsed),
            wanted,
            connection =>
            {
                CheckedAssertion[] results = [.. rules.SelectMany(r => r.Judge(connection))];
                return redacted?.RowOf(results, connection, folder is not null) ?? new CheckRow(results, connection, folder is not null);
            },
            (number, row) =>
            {
                var checkedOne = row.Under(number);
                connections.Add(checkedOne);
                if (row.Offender is { } offender) folder!.Write(offender, number);
            },
            cancellation);
        var run = new CheckRun(rules, connections);
        using (var output = new BufferedStream(new StandardOutput(), 64 * 1024))
        {
            if (redacted is null) report.Write(run, output);
            else redacted.Write(report, run = redacted.Of(run), output);
        }

        if (!input.IsQuiet(parsed)) Say(run, folder);
        var code = InputReport.Write(summary, connections.Count, input.IsQuiet(parsed), run.Count(AssertionVerdict.Failed) > 0);
        return code == ExitCode.Done && run.NeverDecided.Count > 0 ? ExitCode.Nothing : code;
    }

    private static void Say(CheckRun run, OffenderFolder? folder)
    {
        foreach (var (rule, assertion) in run.Connections.Count > 0 ? run.NeverDecided : [])
        {
            var why = run.Connections.SelectMany(c => c.Results).FirstOrDefault(r => r.Assertion == assertion)?.Result.Found ?? "the rule is about none of the connections";
            Console.Error.WriteLine($"h2m: {VisibleText.Of(new CheckedAssertion(rule, assertion, AssertionResult.Undecided(why)).Title)} was decided for no connection: {why}.");
        }

        if (folder is { Written: > 0 }) Console.Error.WriteLine($"h2m: {Quantities.Count(folder.Written, "diagram", "diagrams")} written to {folder.Path}{(folder.LeftOut > 0 ? $", {folder.LeftOut} left out (--max-connections)" : "")}.");
    }

    private const string Description = """
        Checks assertions about the connections in captures; exit 1 when one does not hold, with the
        connection, the value found and the frame. What the capture does not show is neither passed nor
        failed; an assertion that no connection decides is reported, and the exit code is 5.

        Examples:
          h2m check tests.pcapng --min-version 1.2 --forbid-suite 'TLS_RSA_*'
          h2m check tests.pcapng --key-log keys.log --alpn h2 --max-tls-ms 200
          h2m check tests.pcapng --rules tls-rules.json -f junit > report.xml
          h2m check tests.pcapng --no-findings error -o offenders/
          h2m check tests.pcapng --no-findings error --redact -o offenders/
        """;
}
