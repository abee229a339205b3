using System.CommandLine;
using HandshakeToMermaid.Limits;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>How much memory open connections may take.</summary>
internal sealed class MemoryOption
{
    public MemoryOption(Command command)
    {
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < Least or > Most) result.AddError($"--max-memory is a number of MiB from {Least} to {Most}.");
        });
        command.Options.Add(option);
    }

    /// <summary>The caps with that memory.</summary>
    public AnalyzerLimits Read(ParseResult parsed, AnalyzerLimits limits) => limits with { TableBytes = parsed.GetValue(option) * Mebibyte };

    private readonly Option<int> option = new("--max-memory")
    {
        Description = "memory for open connections; above it those without data, then the longest silent, are given up and reported as far as they got",
        HelpName = "MIB",
        DefaultValueFactory = static _ => (int)(AnalyzerLimits.Default.TableBytes / Mebibyte),
    };

    private const long Mebibyte = 1024 * 1024;
    private const int Least = 8;
    private const int Most = 1024 * 1024;
}
