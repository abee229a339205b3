using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Extensibility.Ssh;

/// <summary>The band of SSH, in a color of its own.</summary>
internal static class SshPhase
{
    private static readonly BandColor Teal = new("ssh", "27, 158, 158, 0.15", new("#ebfafa", "#c5efee", "#0b5558"), new("#0c2123", "#123c3f", "#76e3ea"), 36);

    public static Phase Identification { get; } = new("ssh", "SSH", 400, PhaseRole.Handshake, Teal);
}
