namespace HandshakeToMermaid.Protocols.Http;

/// <summary>The stored part of the head of a request or response: never a body, a cookie or an authorization.</summary>
internal sealed class HttpHead
{
    /// <summary>"GET /dashboard HTTP/1.1" or "HTTP/1.1 200 OK"; as on the wire, but at most 1,024 characters long.</summary>
    public required string StartLine { get; init; }

    /// <summary>The status code of a response; 0 for a request.</summary>
    public int Status { get; init; }

    /// <summary>The name of the server that a request is meant for: Host or :authority.</summary>
    public string? Authority { get; set; }

    /// <summary>True for a request to a proxy: its target is a whole URI or the authority to connect to (RFC 9112 section 3.2), which is not the server of this connection.</summary>
    public bool IsForProxy { get; init; }

    /// <summary>True where a Strict-Transport-Security header is there (RFC 6797).</summary>
    public bool HasStrictTransportSecurity { get; set; }

    /// <summary>True once all headers were read, so that the absence of one means something.</summary>
    public bool IsWhole { get; set; }
}
