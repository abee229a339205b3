using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>A message from one participant to another.</summary>
/// <param name="From">Id of the sender.</param>
/// <param name="To">Id of the receiver.</param>
/// <param name="Lines">Its label.</param>
/// <param name="IsAnswer">True towards the client: drawn dashed.</param>
/// <param name="IsDeadEnd">True for a message that was never answered or that ends the connection: drawn with a cross.</param>
/// <param name="Steps">The steps that share this arrow.</param>
internal sealed record Arrow(string From, string To, IReadOnlyList<string> Lines, bool IsAnswer, bool IsDeadEnd, IReadOnlyList<Step> Steps)
    : DiagramItem(From, To, Lines)
{
    /// <summary>How many of its lines name its messages: more than one where the names were wrapped.</summary>
    public int TitleLines { get; init; } = 1;
}
