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
        privateKeys = new PrivateKeyOption(command);
        names = new NameOptions(command);
        memory = new MemoryOption(command);
    }

    /// <summary>The settings of the analysis. Malformed lines of a key log are reported on standard error unless <paramref name="isQuiet"/>.</summary>
    public AnalyzerOptions Read(ParseResult parsed, bool isQuiet) => new()
    {
        Secrets = keyLogs.Read(parsed, isQuiet),
        PrivateKeys = privateKeys.Read(parsed),
        Names = names.Read(parsed),
        Limits = memory.Read(parsed, AnalyzerLimits.Default),
    };

    private readonly KeyLogOptions keyLogs;
    private readonly PrivateKeyOption privateKeys;
    private readonly NameOptions names;
    private readonly MemoryOption memory;
}
