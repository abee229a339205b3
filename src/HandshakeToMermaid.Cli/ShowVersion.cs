using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace HandshakeToMermaid.Cli;

/// <summary><c>h2m --version</c>.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parsed)
    {
        var version = typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        parsed.InvocationConfiguration.Output.WriteLine(version);
        return ExitCode.Done;
    }
}
