using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HandshakeToMermaid.Cli;

/// <summary><c>h2m --version</c>: the version, and how the program was built.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parsed)
    {
        var version = typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var build = RuntimeFeature.IsDynamicCodeSupported ? "managed" : "native";
        parsed.InvocationConfiguration.Output.WriteLine($"{version} ({build}, {RuntimeInformation.FrameworkDescription})");
        return ExitCode.Done;
    }
}
