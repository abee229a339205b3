using System.CommandLine;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Reports;
using HandshakeToMermaid.Cli.Summaries;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m list</c>: one row per connection, problems marked.</summary>
internal static class ListCommand
{
    public static Command Create(Interruption interruption)
    {
        var command = new Command("list", Description);
        var input = new InputOptions(command);
        var selection = new SelectionOptions(command, new HostOption(command));
        var knowledge = new KnowledgeOptions(command);
        var judging = new JudgingOptions(command);
        var redact = new RedactOptions(command);
        var json = new Option<bool>("--json") { Description = "one JSON object per connection and line" };
        var csv = new Option<bool>("--csv") { Description = "comma-separated values, for spreadsheets" };
        var summary = new Option<bool>("--summary") { Description = "instead of rows a few lines about all: causes with counts and an example, versions, slowest phases; --json for programs" };
        command.Options.Add(json);
        var drawable = new Option<bool>("--drawable") { Description = "with --json: add to each row what 'h2m convert' draws it from, without the capture" };
        command.Options.Add(csv);
        command.Options.Add(drawable);
        command.Options.Add(summary);
        var otlp = new Option<string?>("--otlp") { Description = "write each connection as a trace of OpenTelemetry to this file (OTLP in JSON), for a collector, Jaeger or Tempo", HelpName = "FILE.json" };
        command.Options.Add(otlp);
        command.Validators.Add(result =>
        {
            if (result.GetValue(drawable) && (!result.GetValue(json) || result.GetValue(summary))) result.AddError("--drawable needs --json, without --summary.");
            if (result.GetValue(csv) && (result.GetValue(json) || result.GetValue(summary))) result.AddError("--csv cannot be combined with --json or --summary.");
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(List(
            parsed, input, selection, knowledge, judging, redact, new ListForm(parsed.GetValue(json), parsed.GetValue(csv), parsed.GetValue(drawable), parsed.GetValue(summary)), parsed.GetValue(otlp), interruption, cancellation)));
        return command;
    }

    private static int List(
        ParseResult parsed, InputOptions input, SelectionOptions selection, KnowledgeOptions knowledge, JudgingOptions judging, RedactOptions redact, ListForm form, string? otlp,
        Interruption interruption, CancellationToken cancellation)
    {
        var wanted = selection.Read(parsed);
        var fails = judging.Test(parsed);
        var options = judging.Read(parsed, knowledge.Read(parsed, input.IsQuiet(parsed))) with { ChecksEverySignature = form.ChecksEverySignature || fails is not null };
        using var redaction = redact.Read(parsed);

        // One after the other, so that numbers follow the capture.
        if (redaction is not null) options = options with { Threads = 1 };
        using var source = input.Open(parsed, options.Limits, cancellation);
        interruption.BeginGrace();
        var code = ExitCode.Done;
        if (otlp is null) Write(null);
        else AtomicFile.Write(otlp, Write);
        return code;

        void Write(Stream? traces)
        {
            var counts = new ConnectionsSummary();
            using var listed = form.Writer(counts);
            using var plain = traces is null ? listed : new OtlpRows(listed, traces);
            var rows = redaction is null ? plain : new RedactedRows(plain, redaction);
            var (shown, hasFailed) = (0, false);
            var summary = Analysis.Run(
                source,
                options,
                input.ShowsProgress(parsed) && Console.IsOutputRedirected,
                wanted,
                connection => new ListRow(rows.RowOf(connection), fails?.Invoke(connection) == true),
                (number, row) =>
                {
                    rows.Write(number, row.Row);
                    shown++;
                    hasFailed |= row.Fails;
                },
                cancellation);
            rows.Flush();
            redaction?.Finish();
            if (form.HasFooter && shown > 0 && !input.IsQuiet(parsed)) Console.Error.WriteLine($"h2m: {Quantities.Count(shown, "connection", "connections")}: {SummaryRows.Outcomes(counts)}.");
            code = InputReport.Write(summary, shown, input.IsQuiet(parsed), hasFailed);
        }
    }

    private const string Description = """
        Shows the connections in captures, one row each; problems are marked. Signatures that both
        sides accepted are checked again only with --json, with --fail-on and by 'h2m convert';
        --no-verify leaves them out there too.

        Examples:
          h2m list incident.pcap
          h2m list incident.pcap --failed
          h2m list incident.pcap --summary
          h2m list incident.pcap --since 12:00 --until 12:05 --csv > rows.csv
          h2m list incident.pcap --json | jq .outcome
          h2m list large.pcap --json --no-verify
          h2m list incident.pcap --json --redact
          h2m list incident.pcap --json --drawable | h2m convert - -c 3
          h2m list incident.pcap --otlp traces.json
        """;
}
