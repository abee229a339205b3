using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Extensibility.Ssh;

/// <summary>The identification exchange of SSH (RFC 4253 section 4.2) as a protocol that the library does not know.</summary>
internal sealed class SshModule : IProtocolModule
{
    public IReadOnlyList<IStreamProtocol> CreateProtocols() => [new SshProtocol()];

    public IReadOnlyList<IRule> CreateRules() => [new SshVersionMismatch()];
}
