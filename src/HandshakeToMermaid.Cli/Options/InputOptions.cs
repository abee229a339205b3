using System.CommandLine;
using System.CommandLine.Parsing;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>What is read.</summary>
internal sealed class InputOptions
{
    public InputOptions(Command command)
    {
        captures.Validators.Add(RefuseOptions);
        command.Arguments.Add(captures);
        command.Options.Add(filter);
        command.Options.Add(quiet);
        command.Options.Add(noProgress);
    }

    /// <summary>Opens what the command line names; the token ends its reading, also while it waits for a pipe.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="limits">The caps that hold.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <param name="standardInput">Standard input where it was looked at before; null for the process's own.</param>
    public ICaptureSource Open(ParseResult parsed, AnalyzerLimits limits, CancellationToken cancellation, Stream? standardInput = null)
    {
        var source = CaptureFiles.Open(parsed.GetRequiredValue(captures), limits, standardInput, cancellation);
        if (parsed.GetValue(filter) is not { Length: > 0 } expression) return source;
        try
        {
            return new FilteredCapture(source, expression);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The captures as the command line names them.</summary>
    public IReadOnlyList<string> Captures(ParseResult parsed) => parsed.GetRequiredValue(captures);

    /// <summary>True where only the product is wanted.</summary>
    public bool IsQuiet(ParseResult parsed) => parsed.GetValue(quiet);

    /// <summary>True where long work may show how far it is.</summary>
    public bool ShowsProgress(ParseResult parsed)
        => !parsed.GetValue(quiet) && !parsed.GetValue(noProgress) && !Console.IsErrorRedirected;

    /// <summary>A mistyped option must not pass for a file: a file that begins with a dash is named as ./-file.</summary>
    private static void RefuseOptions(ArgumentResult result)
    {
        foreach (var token in result.Tokens)
        {
            if (token.Value.Length > 1 && token.Value[0] == '-') result.AddError($"'{token.Value}' is not an option of this command.");
        }
    }

    private readonly Argument<string[]> captures = new("CAPTURE")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "pcap or pcapng file (gzip too), a directory of them, a glob, or - for standard input; several are read as one, in time order",
    };

    private readonly Option<string?> filter = new("--filter") { Description = "only frames that match this BPF expression (tcpdump syntax, needs libpcap)", HelpName = "BPF" };

    private readonly Option<bool> quiet = new("--quiet", "-q") { Description = "print nothing but errors on standard error" };

    private readonly Option<bool> noProgress = new("--no-progress") { Description = "do not show progress" };
}
