namespace HandshakeToMermaid.Correlation;

/// <summary>The resolution of a connection.</summary>
/// <param name="Group">The resolution that led to its address; null where none is known.</param>
/// <param name="Name">The server's name: what the client asked for, else what it had resolved; null where several names share the address.</param>
/// <param name="IsPartOfConnection">True where the connection was the first to use what was learned; later ones use what their client remembers.</param>
internal readonly record struct ResolutionMatch(DnsResolution? Group, string? Name, bool IsPartOfConnection);
