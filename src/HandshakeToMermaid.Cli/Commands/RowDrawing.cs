using System.CommandLine;
using System.CommandLine.Parsing;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Exchange;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m convert</c> of rows: connections in JSON are drawn again.</summary>
internal static class RowDrawing
{
    /// <summary>Draws them.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="wanted">Which connections are wanted.</param>
    /// <param name="product">What is made of them.</param>
    /// <param name="fails">What makes the program fail; null for nothing.</param>
    /// <param name="isQuiet">True to say nothing but by the exit code.</param>
    /// <param name="interruption">Whether the user had enough.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static int Run(
        RowInput rows, Selection wanted, OutputTarget product, Predicate<DiagnosedConnection>? fails, bool isQuiet, Interruption interruption, CancellationToken cancellation)
    {
        if (product.Form == "json") throw new UsageException("rows are JSON already: choose another format.");
        interruption.BeginGrace();
        using var writer = new ProductWriter(product, fails, interruption.Overdue);
        var (read, damage) = (0, (string?)null);
        try
        {
            foreach (var connection in rows.Read(cancellation))
            {
                read++;
                if (wanted.Includes(connection)) writer.Add(connection);
            }
        }
        catch (RowException wrong)
        {
            damage = wrong.Message;
        }

        foreach (var remark in writer.Finish()) Say(remark);
        if (damage is not null) Say(read == 0 ? damage : $"{damage} The {Quantities.Count(read, "row", "rows")} before it can be drawn.");
        if (interruption.First is not null) return ExitCode.Interrupted;
        if (damage is not null) return read == 0 ? ExitCode.Unreadable : ExitCode.Incomplete;
        if (writer.Count == 0) Say(read == 0 ? "there are no rows." : $"none of the {read} rows is selected.");
        return writer.Count == 0 ? ExitCode.Nothing : writer.HasFailing ? ExitCode.ConditionMet : ExitCode.Done;

        void Say(string sentence)
        {
            if (!isQuiet) Console.Error.WriteLine($"h2m: {sentence}");
        }
    }

    /// <summary>Refuses options that need packets: rows hold what was found, up to normal detail.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    public static void RefuseOptionsOfCaptures(ParseResult parsed, DrawingOptions picture)
    {
        foreach (var given in parsed.CommandResult.Children.OfType<OptionResult>())
        {
            if (!given.Implicit && !Possible.Contains(given.Option.Name)) throw new UsageException($"{given.Option.Name} needs the capture: rows of JSON hold only what was found.{HintFor(given.Option.Name)}");
        }

        if (picture.Read(parsed).Detail == Protocols.Contracts.Detail.Full) throw new UsageException("--detail full needs the capture: rows of JSON hold what is drawn at normal detail.");
    }

    private static string HintFor(string option) => option.StartsWith("--redact", StringComparison.Ordinal) ? " 'h2m list --json --drawable --redact' writes redacted ones." : "";

    private static readonly string[] Possible =
    [
        "--output", "--format", "--link", "--template", "--max-chars", "--ascii", "--width", "--detail", "--time", "--title", "--max-connections", "--explain", "--timeline",
        "--host", "--connection", "--sni", "--port", "--protocol", "--since", "--until", "--failed", "--fail-on", "--quiet", "--no-progress",
    ];
}
