using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Comparison;

/// <summary>A step and who sent it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Side">Its sender.</param>
internal readonly record struct ComparedStep(Step Step, Side Side);
