namespace HandshakeToMermaid.Protocols;

/// <summary>The part of a visit that a step belongs to; drawn as a band.</summary>
public enum Phase
{
    /// <summary>Finding the address.</summary>
    Dns,

    /// <summary>Opening the transport.</summary>
    Tcp,

    /// <summary>What is said before TLS on the same connection: a proxy's CONNECT, STARTTLS.</summary>
    Prelude,

    /// <summary>The security handshake.</summary>
    Tls,

    /// <summary>What the handshake was made for.</summary>
    Data,

    /// <summary>The end.</summary>
    Close,
}
