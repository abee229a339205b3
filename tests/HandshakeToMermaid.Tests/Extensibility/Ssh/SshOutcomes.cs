using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Extensibility.Ssh;

/// <summary>How an identification exchange turns out.</summary>
internal static class SshOutcomes
{
    public static OutcomeClass BannerExchanged { get; } = new(
        "ssh_banner_exchanged", OutcomeKind.Completed, new("both sides identified themselves") { Verdict = "SSH versions agreed" });

    public static OutcomeClass VersionMismatch { get; } = new(
        "ssh_version_mismatch", OutcomeKind.Failed, new("the {actor} ended the connection: the SSH versions do not match") { FailureHeader = "SSH · versions do not match" });
}
