using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>A phase: a colored stretch of a diagram with a header.</summary>
/// <param name="Color">Its color; null where nothing is drawn behind its items, as behind the arrows of an overview.</param>
/// <param name="Header">Its header; null in an overview, whose arrows speak for themselves.</param>
/// <param name="Items">What happens in it.</param>
internal sealed record Band(BandColor? Color, Note? Header, IReadOnlyList<DiagramItem> Items)
{
    /// <summary>True where the connection failed in it.</summary>
    public bool IsFailure { get; init; }
}
