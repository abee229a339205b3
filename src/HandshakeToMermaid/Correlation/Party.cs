using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Correlation;

/// <summary>One endpoint of a connection with its name.</summary>
/// <param name="Endpoint">Its address and port; null where it was never learned (a failed resolution). A client that only queried a resolver has the source port of its query.</param>
/// <param name="Name">Its name: what the client asked for, else what DNS or the capture reports; null where unknown.</param>
internal sealed record Party(IpEndpoint? Endpoint, string? Name);
