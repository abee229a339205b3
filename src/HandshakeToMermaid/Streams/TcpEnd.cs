namespace HandshakeToMermaid.Streams;

/// <summary>How a TCP connection ended, as far as the capture shows.</summary>
internal enum TcpEnd
{
    /// <summary>It did not end within the capture.</summary>
    Open,

    /// <summary>A FIN was seen.</summary>
    Fin,

    /// <summary>A RST was seen.</summary>
    Rst,
}
