namespace HandshakeToMermaid.Packets.Transport;

/// <summary>TCP option kinds (IANA "TCP Option Kind Numbers") that matter for a handshake; others keep their number.</summary>
internal enum TcpOptionKind : byte
{
    /// <summary>No option follows (RFC 9293).</summary>
    EndOfOptionList = 0,

    /// <summary>Padding (RFC 9293).</summary>
    NoOperation = 1,

    /// <summary>The largest segment that the sender of a SYN takes (RFC 9293).</summary>
    MaximumSegmentSize = 2,

    /// <summary>By how many bits windows are shifted (RFC 7323).</summary>
    WindowScale = 3,

    /// <summary>Selective acknowledgments are understood (RFC 2018).</summary>
    SackPermitted = 4,

    /// <summary>Selective acknowledgments (RFC 2018).</summary>
    Sack = 5,

    /// <summary>A clock value and its echo (RFC 7323).</summary>
    Timestamps = 8,

    /// <summary>Multipath TCP (RFC 8684).</summary>
    MultipathTcp = 30,

    /// <summary>Fast Open cookie (RFC 7413).</summary>
    FastOpenCookie = 34,
}
