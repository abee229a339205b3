namespace HandshakeToMermaid.Streams.Udp;

/// <summary>
/// The room of one datagram whose flow was given up. In a flood each new flow takes the place of an old one: its bytes then take that one's room, and the
/// collector has nothing to move. For one thread.
/// </summary>
internal sealed class SpareBuffer
{
    private byte[]? spare;

    /// <summary>An array of at least that length; its content is what was left in it.</summary>
    public byte[] Take(int least)
    {
        if (spare is not { } room || room.Length < least || room.Length / 2 > least) return new byte[least];
        spare = null;
        return room;
    }

    /// <summary>Nobody holds that array any more.</summary>
    public void Give(byte[] room) => spare = room;
}
