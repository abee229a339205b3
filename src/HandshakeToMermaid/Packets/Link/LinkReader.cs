using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid.Packets.Link;

/// <summary>Which link type is read by what.</summary>
/// <param name="Type">The number that a capture writes.</param>
/// <param name="Name">The link as people name it.</param>
/// <param name="Read">Reads its header.</param>
internal sealed record LinkReader(LinkType Type, string Name, EncapsulationReader Read);
