using System.CommandLine;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Reports;

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
        command.Options.Add(json);
        command.SetAction((parsed, cancellation) => Task.FromResult(List(parsed, input, selection, knowledge, judging, redact, parsed.GetValue(json), interruption, cancellation)));
        return command;
    }

    private static int List(
        ParseResult parsed, InputOptions input, SelectionOptions selection, KnowledgeOptions knowledge, JudgingOptions judging, RedactOptions redact, bool asJson,
        Interruption interruption, CancellationToken cancellation)
    {
        var wanted = selection.Read(parsed);
        var fails = judging.Test(parsed);
        var options = judging.Read(parsed, knowledge.Read(parsed, input.IsQuiet(parsed))) with { ChecksEverySignature = asJson || fails is not null };
        using var redaction = redact.Read(parsed);

        // One after the other, so that numbers follow the capture.
        if (redaction is not null) options = options with { Threads = 1 };
        using var source = input.Open(parsed, options.Limits, cancellation);
        interruption.BeginGrace();
        using var plain = asJson ? (IRowWriter)new JsonRows(new StandardOutput()) : new TableRows(new StandardOutput(), !Console.IsOutputRedirected);
        var rows = redaction is null ? plain : new RedactedRows(plain, redaction);
        var shown = 0;
        var hasFailed = false;
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
        return InputReport.Write(summary, shown, input.IsQuiet(parsed), hasFailed);
    }

    private const string Description = """
        Shows the connections in captures, one row each; problems are marked. Signatures that both
        sides accepted are checked again only with --json, with --fail-on and by 'h2m convert'.

        Examples:
          h2m list incident.pcap
          h2m list incident.pcap --failed
          h2m list incident.pcap --json | jq .outcome
          h2m list incident.pcap --json --redact
        """;
}
