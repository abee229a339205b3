namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>How far a conversation over EAPOL has come.</summary>
internal sealed class EapolProgress
{
    private bool hasMethod;
    private bool isDecided;
    private byte? identity;
    private byte? last;

    /// <summary>True once the supplicant was refused or has left.</summary>
    public bool IsOver { get; private set; }

    /// <summary>
    /// True for a frame that begins the next conversation: a supplicant or an authenticator that begins anew behind the first packet of a method, and anything new behind the
    /// decision. What is sent again has the identifier of the packet before it (RFC 3748 section 4.1).
    /// </summary>
    public bool BeginsAnother(in EapolFrame frame)
    {
        if (frame.IsLogoff || frame.Code is EapPacket.Success or EapPacket.Failure) return false;
        if (frame.IsStart) return hasMethod || isDecided;
        if (frame.IsIdentity && frame.Identifier != identity) return hasMethod || isDecided;
        return isDecided && frame.Identifier != last && frame.Identifier != identity;
    }

    /// <summary>Takes a frame of the conversation.</summary>
    public void Take(in EapolFrame frame)
    {
        isDecided |= frame.Code is EapPacket.Success or EapPacket.Failure;
        IsOver |= frame.Code == EapPacket.Failure || frame.IsLogoff;
        if (frame.Code is not (EapPacket.Request or EapPacket.Response)) return;
        hasMethod |= !frame.IsIdentity;
        if (frame.IsIdentity) identity = frame.Identifier;
        last = frame.Identifier;
    }
}
