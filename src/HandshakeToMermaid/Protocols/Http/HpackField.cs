namespace HandshakeToMermaid.Protocols.Http;

/// <summary>A header field of HTTP/2.</summary>
/// <param name="Name">Its name, as sent.</param>
/// <param name="Value">Its value; null where it is of a kind that is never kept (cookies, authorization, whatever is not drawn).</param>
internal readonly record struct HpackField(string Name, string? Value);
