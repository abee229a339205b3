namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>The server behind a proxy that the client connected to, as the client asked for it.</summary>
/// <param name="Host">Its name or address; null where the request was not captured.</param>
/// <param name="Port">Its port; null likewise.</param>
internal sealed record ServerBehind(string? Host, ushort? Port);
