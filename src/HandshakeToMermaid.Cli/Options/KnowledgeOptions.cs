using System.CommandLine;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>What the user supplies besides the capture: secrets, names, and memory.</summary>
internal sealed class KnowledgeOptions
{
    public KnowledgeOptions(Command command)
    {
        keyLogs = new KeyLogOptions(command);
        names = new NameOptions(command);
        memory = new MemoryOption(command);
    }

    /// <summary>The settings of the analysis. Malformed lines of a key log are reported on standard error unless <paramref name="isQuiet"/>.</summary>
    public AnalyzerOptions Read(ParseResult parsed, bool isQuiet) => new()
    {
        Secrets = keyLogs.Read(parsed, isQuiet),
        Names = names.Read(parsed),
        Limits = memory.Read(parsed, AnalyzerLimits.Default),
    };

    private readonly KeyLogOptions keyLogs;
    private readonly NameOptions names;
    private readonly MemoryOption memory;
}
