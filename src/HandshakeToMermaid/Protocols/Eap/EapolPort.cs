using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>A supplicant, with whom it speaks and how far.</summary>
/// <param name="supplicant">Its link-layer address.</param>
internal sealed class EapolPort(IpAddress supplicant)
{
    /// <summary>The supplicant's address.</summary>
    public IpAddress Supplicant => supplicant;

    /// <summary>The authenticator's address; null while no frame has shown it.</summary>
    public IpAddress? Authenticator { get; private set; }

    /// <summary>The conversation that goes on; null where none was begun.</summary>
    public EapolProgress? Progress { get; set; }

    /// <summary>Frames from which no conversation can be told yet, in capture order.</summary>
    public List<HeldEapol> Held { get; } = [];

    /// <summary>A frame shows with which authenticator the supplicant speaks. Another one begins another conversation.</summary>
    public void Meet(IpAddress authenticator)
    {
        if (Authenticator is { } before && before != authenticator) Progress = null;
        Authenticator = authenticator;
    }
}
