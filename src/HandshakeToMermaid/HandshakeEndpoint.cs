using System.Net;

namespace HandshakeToMermaid;

/// <summary>One end of a connection.</summary>
/// <param name="Address">Its IP address; null where it is not known, as the name of the server could not be resolved, and for EAPOL, which has link-layer addresses.</param>
/// <param name="Port">Its port; null where there is none or it is not known. The client of a failed name resolution has the port that it sent the query from.</param>
/// <param name="Name">
/// Its host name: for a server what the client asked for (SNI, HTTP's Host header, STARTTLS), otherwise what DNS, the capture or
/// <see cref="HandshakeOptions.Names"/> says; null where none is known. Taken from the capture unchanged: encode it before showing it.
/// </param>
public sealed record HandshakeEndpoint(IPAddress? Address, int? Port, string? Name);
