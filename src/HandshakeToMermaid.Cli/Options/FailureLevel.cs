using HandshakeToMermaid.Diagnosis;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>The least severity that <c>--fail-on</c> looks for.</summary>
internal enum FailureLevel
{
    /// <summary>Errors.</summary>
    Error = Severity.Error,

    /// <summary>Warnings and errors.</summary>
    Warning = Severity.Warning,
}
