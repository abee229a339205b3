namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Where the headers of a frame lie.</summary>
/// <param name="Headers">What is rewritten around the innermost packet and of its IP header, outermost first.</param>
/// <param name="Path">The tunnels and tags around it, by name and number: two packets with the same addresses and ports may be of two networks.</param>
/// <param name="Packet">The innermost packet.</param>
internal sealed record FrameLayout(IReadOnlyList<HeaderPlace> Headers, string Path, PacketLayout Packet);
