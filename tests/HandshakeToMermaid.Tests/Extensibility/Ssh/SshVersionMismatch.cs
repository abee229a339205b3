using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Extensibility.Ssh;

/// <summary>One side knows only SSH 1, the other only SSH 2.</summary>
internal sealed class SshVersionMismatch : IRule
{
    public bool IsAboutFailure => true;

    public Finding? Examine(Connection connection)
    {
        if (connection.Outcome.Class != SshOutcomes.VersionMismatch || connection.FactsOf<SshFacts>() is not { Banners: [var first, var second] } facts) return null;
        return new Finding(
            "ssh-version-mismatch", Severity.Error, Confidence.Certain, "The SSH versions do not match",
            $"one side offered SSH {first.Version}, the other SSH {second.Version}",
            "Upgrade the side that knows only SSH 1", ["Protocol major versions differ"], [first.Last.Frame, second.Last.Frame], "RFC 4253 section 4.2") { At = facts.Steps[1] };
    }
}
