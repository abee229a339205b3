using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Catalogs;

/// <summary>
/// Protocols that a caller adds to those of the library, and the rules that diagnose their connections. Phases and outcomes come with
/// their steps and facts: nothing else has to know the protocol.
/// </summary>
internal interface IProtocolModule
{
    /// <summary>Protocols over TCP, asked after the library's own. Called once per analysis; several threads read by them.</summary>
    IReadOnlyList<IStreamProtocol> CreateProtocols();

    /// <summary>Rules, causes before symptoms. Called for each thread that diagnoses, so that a rule is used by one thread only.</summary>
    IReadOnlyList<IRule> CreateRules();
}
