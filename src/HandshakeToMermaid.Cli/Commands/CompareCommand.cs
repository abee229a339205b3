using System.CommandLine;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Cli.Reports;
using HandshakeToMermaid.Comparison;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m compare</c>: two runs of a handshake beside each other, the first difference marked.</summary>
internal static class CompareCommand
{
    public static Command Create(Interruption interruption)
    {
        var command = new Command("compare", Description);
        var good = new Argument<string>("GOOD") { Description = "capture of a connection that works: pcap or pcapng (gzip too); FILE#N for the connection of that number in 'h2m list'" };
        var bad = new Argument<string>("BAD") { Description = "capture of the connection in question" };
        command.Arguments.Add(good);
        command.Arguments.Add(bad);
        var knowledge = new KnowledgeOptions(command);
        var judging = new JudgingOptions(command, canFail: false);
        var picture = new DrawingOptions(command, isComparison: true);
        var output = new OutputOptions(command, new HostOption(command, hasHosts: false), isComparison: true);
        var redact = new RedactOptions(command);
        var quiet = new Option<bool>("--quiet", "-q") { Description = "print nothing but errors on standard error" };
        command.Options.Add(quiet);
        command.SetAction((parsed, cancellation) =>
        {
            var isQuiet = parsed.GetValue(quiet);
            using var redaction = redact.Read(parsed);
            var product = output.OpenComparison(parsed, picture, redaction);
            var options = judging.Read(parsed, knowledge.Read(parsed, isQuiet));
            interruption.BeginGrace();
            return Task.FromResult(Compare(ComparedCapture.Parse(parsed.GetRequiredValue(good)), ComparedCapture.Parse(parsed.GetRequiredValue(bad)), options, product, redaction, isQuiet, cancellation));
        });
        return command;
    }

    private static int Compare(ComparedCapture good, ComparedCapture bad, AnalyzerOptions options, OutputTarget product, ProductRedaction? redaction, bool isQuiet, CancellationToken cancellation)
    {
        var left = Read(good, options, product, isQuiet, cancellation);
        if (left.Code is not (ExitCode.Done or ExitCode.Incomplete)) return left.Code;
        var right = Read(bad, options, product, isQuiet, cancellation);
        if (right.Code is not (ExitCode.Done or ExitCode.Incomplete)) return right.Code;
        var comparison = CaptureComparison.Of(left.Connections, right.Connections);
        foreach (var remark in product.Write(comparison).Concat(comparison.Remarks))
        {
            if (!isQuiet) Console.Error.WriteLine($"h2m: {remark}");
        }

        redaction?.Finish();
        if (!isQuiet) Console.Error.WriteLine($"h2m: {Verdict(comparison)}");
        if (!comparison.IsSame) return ExitCode.ConditionMet;
        return left.Code == ExitCode.Incomplete ? left.Code : right.Code;
    }

    private static string Verdict(CaptureComparison comparison)
    {
        if (comparison.IsSame) return "no difference was found.";
        var unpaired = comparison.Unpaired.Count > 0 ? $" {Quantities.Count(comparison.Unpaired.Count, "connection has", "connections have")} no counterpart." : "";
        var differing = comparison.Pairs.Count(p => !p.IsSame);
        return comparison.Pairs is [var single] ? $"{Quantities.Count(single.Differences.Count, "difference", "differences")}.{unpaired}" : $"{differing} of {comparison.Pairs.Count} pairs of connections differ.{unpaired}";
    }

    private static (IReadOnlyList<DiagnosedConnection> Connections, int Code) Read(ComparedCapture capture, AnalyzerOptions options, OutputTarget product, bool isQuiet, CancellationToken cancellation)
    {
        if (capture.Path == "-") throw new UsageException("a comparison reads two files: store standard input in one first.");
        var found = new List<DiagnosedConnection>();
        var isTooMuch = false;
        using var source = CaptureFiles.Open([capture.Path], options.Limits, cancellation: cancellation);
        var wanted = new Selection { Connections = capture.Connection is { } number ? [new NumberRange(number, number)] : null };
        var summary = Analysis.Run(source, options, showsProgress: false, wanted, connection =>
        {
            if (found.Count < MostConnections) found.Add(product.Shown(connection));
            else isTooMuch = true;
        }, cancellation);
        if (isTooMuch) throw new UsageException($"{capture.Path} has more than {MostConnections} connections: compare one of them as {capture.Path}#N, with a number that 'h2m list' shows.");
        if (found.Count == 0 && capture.Connection is { } missing && summary.Connections > 0) throw new UsageException($"{capture.Path} has no connection {missing}: 'h2m list' shows {summary.Connections}.");
        var code = InputReport.Write(summary, found.Count, isQuiet);
        return (Drawing.WithoutAttempts(found), found.Count == 0 && code == ExitCode.Incomplete ? ExitCode.Nothing : code);
    }

    /// <summary>Pairs of more connections are no picture, and each is held whole.</summary>
    private const int MostConnections = 1_000;

    private const string Description = """
        Compares two captures of the same handshake step by step and field by field: versions, cipher suites,
        groups, ALPN, extensions and their order, SNI, certificates, resumption, proxies, losses, times.
        Randoms, keys, ports and GREASE are left out. Connections are paired by the server's name.
        Exit code 0: no difference; 1: different, as with diff.

        Examples:
          h2m compare laptop.pcap server.pcap -o difference.md
          h2m compare incident.pcap#3 incident.pcap#7 -f text
          h2m compare good.pcapng bad.pcapng --json
        """;
}
