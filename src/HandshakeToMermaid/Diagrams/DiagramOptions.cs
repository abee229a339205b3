using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>What a reader wants to see of a connection.</summary>
/// <param name="Detail">The level of detail.</param>
/// <param name="Time">Which time stands on a step.</param>
/// <param name="Title">A title of the user's own; null for ours.</param>
internal sealed record DiagramOptions(Detail Detail = Detail.Normal, TimeStyle Time = TimeStyle.Delta, string? Title = null);
