using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Correlation;

/// <summary>One end of a connection as people know it.</summary>
/// <param name="Endpoint">Its address and port; null where it was never learned (a look-up that failed). A client that only asked a resolver has the port it asked from.</param>
/// <param name="Name">Its name: what the client asked for, else what the look-up or the capture says; null where nobody knows.</param>
internal sealed record Party(IpEndpoint? Endpoint, string? Name);
