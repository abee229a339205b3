namespace HandshakeToMermaid.Protocols.Http;

/// <summary>A header field of HTTP/2.</summary>
/// <param name="Name">Its name, as sent.</param>
/// <param name="Value">Its value; null if values of that field are never stored (cookies, authorization, anything not drawn).</param>
internal readonly record struct HpackField(string Name, string? Value);
