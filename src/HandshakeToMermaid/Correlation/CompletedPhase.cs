using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Correlation;

/// <summary>A phase that was completed, and when.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Time">From its beginning, or the end of the phase before it where that came later, to its completion.</param>
internal sealed record CompletedPhase(Phase Phase, TimeSpanned Time);
