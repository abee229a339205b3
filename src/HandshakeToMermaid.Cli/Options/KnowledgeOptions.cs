using System.CommandLine;
using HandshakeToMermaid.Pipeline;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>What the user supplies besides the capture: secrets and names.</summary>
internal sealed class KnowledgeOptions
{
    public KnowledgeOptions(Command command)
    {
        keyLogs = new KeyLogOptions(command);
        names = new NameOptions(command);
    }

    /// <summary>The settings of the analysis. Malformed lines of a key log are reported on standard error unless <paramref name="isQuiet"/>.</summary>
    public AnalyzerOptions Read(ParseResult parsed, bool isQuiet) => new()
    {
        Secrets = keyLogs.Read(parsed, isQuiet),
        Names = names.Read(parsed),
    };

    private readonly KeyLogOptions keyLogs;
    private readonly NameOptions names;
}
