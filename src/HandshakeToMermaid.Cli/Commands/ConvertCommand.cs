using System.CommandLine;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Reports;
using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m convert</c>: captures in, diagrams out.</summary>
internal static class ConvertCommand
{
    public static Command Create(Interruption interruption)
    {
        var command = new Command("convert", Description);
        var input = new InputOptions(command);
        var host = new HostOption(command);
        var selection = new SelectionOptions(command, host);
        var knowledge = new KnowledgeOptions(command);
        var picture = new DrawingOptions(command);
        var output = new OutputOptions(command, host);
        var judging = new JudgingOptions(command);
        var redact = new RedactOptions(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Convert(parsed, input, selection, knowledge, judging, redact, picture, output, interruption, cancellation)));
        return command;
    }

    private static int Convert(
        ParseResult parsed, InputOptions input, SelectionOptions selection, KnowledgeOptions knowledge, JudgingOptions judging, RedactOptions redact, DrawingOptions picture, OutputOptions output,
        Interruption interruption, CancellationToken cancellation)
    {
        var wanted = selection.Read(parsed);
        using var redaction = redact.Read(parsed);
        var product = output.Open(parsed, picture, redaction);
        var isQuiet = input.IsQuiet(parsed);
        if (RowInput.Of(input.Captures(parsed), cancellation, out var standardInput) is { } rows)
        {
            RowDrawing.RefuseOptionsOfCaptures(parsed, picture);
            return RowDrawing.Run(rows, wanted, product, judging.Test(parsed), isQuiet, interruption, cancellation);
        }

        var options = judging.Read(parsed, knowledge.Read(parsed, isQuiet));
        using var source = input.Open(parsed, options.Limits, cancellation, standardInput);
        interruption.BeginGrace();
        using var writer = new ProductWriter(product, judging.Test(parsed), interruption.Overdue);
        Func<DiagnosedConnection, TakenConnection> take = wanted.Connections is null ? writer.Take : ProductWriter.Whole;
        var summary = Analysis.Run(source, options, input.ShowsProgress(parsed), wanted, take, writer.Add, cancellation);
        foreach (var remark in writer.Finish())
        {
            if (!isQuiet) Console.Error.WriteLine($"h2m: {remark}");
        }

        redaction?.Finish();
        var code = InputReport.Write(summary, writer.Count, isQuiet, writer.HasFailing);
        return interruption.First is null ? code : ExitCode.Interrupted;
    }

    private const string Description = """
        Draws the handshakes in captures as Mermaid sequence diagrams.

        Examples:
          h2m convert incident.pcap -o diagram.mmd
          h2m convert incident.pcapng --failed --detail full
          h2m convert incident.pcapng -o postmortem.md --host github
          h2m convert incident.pcapng -f text
          h2m convert incident.pcap --key-log keys.log
          h2m convert rotated/ --sni 'shop.*' -o diagrams/
          h2m convert incident.pcap --ca-file company-root.pem --fail-on error
          h2m convert incident.pcap --redact -o issue.md
          tcpdump -w - port 443 | h2m convert -
          h2m list incident.pcap --json --drawable > rows.ndjson, elsewhere: h2m convert rows.ndjson
        """;
}
