namespace HandshakeToMermaid.Diagrams.Model;

/// <summary>A phase: a coloured stretch of a diagram with a header.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Header">Its header; null in an overview, whose arrows speak for themselves.</param>
/// <param name="Items">What happens in it.</param>
public sealed record Band(BandKind Kind, Note? Header, IReadOnlyList<DiagramItem> Items);
