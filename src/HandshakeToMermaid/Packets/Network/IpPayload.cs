namespace HandshakeToMermaid.Packets.Network;

/// <summary>Where in the frame the bytes lie that IP carries, and which part of a datagram they are.</summary>
internal struct IpPayload
{
    /// <summary>The first byte, from the start of the frame or of the reassembled datagram.</summary>
    public int Start;

    /// <summary>The length according to IP; the frame may hold fewer bytes, or more (padding).</summary>
    public int Length;

    /// <summary>In a fragment: the place of these bytes in the datagram.</summary>
    public int FragmentOffset;

    /// <summary>In a fragment: the number of the datagram.</summary>
    public uint Identification;

    /// <summary>What the bytes are.</summary>
    public byte Protocol;

    /// <summary>True where these bytes are not the whole datagram.</summary>
    public bool IsFragment;

    /// <summary>True where more of the datagram follows these bytes.</summary>
    public bool MoreFragments;
}
