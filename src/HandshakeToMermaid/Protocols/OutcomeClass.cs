namespace HandshakeToMermaid.Protocols;

/// <summary>How a connection turned out. The JSON name is the member's in snake_case.</summary>
public enum OutcomeClass
{
    /// <summary>The handshake completed.</summary>
    Established,

    /// <summary>A fatal alert came before it was established.</summary>
    Alert,

    /// <summary>TLS 1.3: the server refused after the client was done.</summary>
    RejectedLate,

    /// <summary>The client left on the server's flight.</summary>
    ClientRejected,

    /// <summary>The ClientHello was never answered.</summary>
    NoServerHello,

    /// <summary>The server reset the connection during the handshake.</summary>
    ResetByServer,

    /// <summary>The client reset the connection during the handshake.</summary>
    ResetByClient,

    /// <summary>The server closed the connection during the handshake.</summary>
    ClosedByServer,

    /// <summary>The client closed the connection during the handshake.</summary>
    ClosedByClient,

    /// <summary>The SYN was answered by a RST.</summary>
    TcpRefused,

    /// <summary>The SYN was never answered.</summary>
    TcpTimeout,

    /// <summary>An ICMP error answered the SYN.</summary>
    Unreachable,

    /// <summary>The name could not be resolved.</summary>
    DnsError,

    /// <summary>The resolver never answered.</summary>
    DnsTimeout,

    /// <summary>The connection carries something else. Not a failure.</summary>
    NotTls,

    /// <summary>Only one direction was captured. Not a failure.</summary>
    OneSided,

    /// <summary>The capture begins or ends inside the handshake. Not a failure.</summary>
    Incomplete,

    /// <summary>The bytes could not be read. Not a failure.</summary>
    Unreadable,
}
