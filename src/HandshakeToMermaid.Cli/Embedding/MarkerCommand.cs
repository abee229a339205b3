using System.CommandLine;
using System.CommandLine.Parsing;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Cli.Commands;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Cli.Embedding;

/// <summary>Makes what a marker asks for. Its arguments are those of <c>h2m convert</c>, with files relative to the current directory.</summary>
internal sealed class MarkerCommand
{
    public MarkerCommand()
    {
        input = new InputOptions(command);
        var host = new HostOption(command);
        selection = new SelectionOptions(command, host);
        knowledge = new KnowledgeOptions(command);
        picture = new DrawingOptions(command);
        output = new OutputOptions(command, host);
        judging = new JudgingOptions(command);
        redact = new RedactOptions(command);
    }

    /// <summary>The product of a marker.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="bounds">What it may name; null where it may name every file.</param>
    /// <param name="isQuiet">True to leave unsaid what a key log holds.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="EmbedException">It cannot be done.</exception>
    public EmbeddedProduct Make(string arguments, RepositoryBounds? bounds, bool isQuiet, CancellationToken cancellation)
    {
        var words = MarkerArguments.Split(arguments) ?? throw new EmbedException("a quotation mark is not closed");

        // A word that begins with @ must not be replaced by what a file holds.
        var parsed = command.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0) throw new EmbedException(parsed.Errors[0].Message.TrimEnd('.'));
        foreach (var refused in Refused)
        {
            if (parsed.GetResult(refused) is OptionResult { Implicit: false }) throw new EmbedException($"{refused} has no meaning in a marker");
        }

        Check(parsed, bounds);
        try
        {
            return Draw(parsed, isQuiet, cancellation);
        }
        catch (Exception e) when (e is UsageException or CaptureException or KeyLogException or LeakException or PseudonymsExhaustedException or FilterException)
        {
            throw new EmbedException(e.Message.TrimEnd('.'), e);
        }
        catch (Exception e) when (FileFailure.IsOne(e))
        {
            throw new EmbedException($"the input cannot be read: {FileFailure.Reason(e)}", e);
        }
    }

    private void Check(ParseResult parsed, RepositoryBounds? bounds)
    {
        foreach (var (option, machine) in Named)
        {
            foreach (var token in parsed.GetResult(option)?.Tokens ?? [])
            {
                if (token.Value == machine) throw new EmbedException($"{option} {machine} depends on the machine");
                if (option != "--template" || File.Exists(token.Value)) bounds?.Check(token.Value);
            }
        }

        foreach (var capture in input.Captures(parsed))
        {
            if (capture == "-") throw new EmbedException("standard input cannot be embedded");
            bounds?.Check(capture);
        }
    }

    private EmbeddedProduct Draw(ParseResult parsed, bool isQuiet, CancellationToken cancellation)
    {
        using var redaction = redact.Read(parsed);
        var product = output.Open(parsed, picture, redaction, isEmbedded: true);
        if (!Languages.TryGetValue(product.Form, out var language)) throw new EmbedException($"the format {product.Form} cannot be embedded; {string.Join(", ", Languages.Keys)} can");
        var options = judging.Read(parsed, knowledge.Read(parsed, isQuiet));
        using var source = input.Open(parsed, options.Limits, cancellation);
        var gathered = product.Gather();
        var summary = Analysis.Run(source, options, showsProgress: false, selection.Read(parsed), connection => gathered.Add(product.Shown(connection)), cancellation);
        if (summary.WasStopped) throw new OperationCanceledException(cancellation);
        if (gathered.All.Count == 0) throw new EmbedException(summary.Connections == 0 ? "there is no handshake in the capture" : "no connection is selected");
        var (texts, remarks) = product.Texts(gathered.All);
        var damages = summary.Damages.Select(d => d.ToString()!).Concat(summary.CapsReached).Concat(summary.UnsupportedLinks.Select(l => $"frames of the link type {l.Key.Name} are not decoded"));
        return new EmbeddedProduct(texts, language, output.Page(parsed) == PageHost.Azure ? ":::" : "```", remarks, [.. damages]);
    }

    /// <summary>What is put into a fence, and of which language; a page of Markdown is put in as it is.</summary>
    private static readonly Dictionary<string, string?> Languages = new(StringComparer.Ordinal)
    {
        ["mermaid"] = "mermaid",
        ["text"] = "text",
        ["json"] = "json",
        ["markdown"] = null,
    };

    /// <summary>Options that name files, with the word that stands for something of the machine instead.</summary>
    private static readonly (string Option, string? Machine)[] Named =
        [("--key-log", "env"), ("--rsa-key", null), ("--names", null), ("--ca-file", "system"), ("--template", null), ("--redact-key", null)];

    private static readonly string[] Refused = ["--output", "--link", "--fail-on", "--redact-map"];

    private readonly Command command = new("marker");
    private readonly InputOptions input;
    private readonly SelectionOptions selection;
    private readonly KnowledgeOptions knowledge;
    private readonly DrawingOptions picture;
    private readonly OutputOptions output;
    private readonly JudgingOptions judging;
    private readonly RedactOptions redact;
}
