using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>Receives EAPOL frames once it is known of which conversation they are.</summary>
internal interface IEapolSink
{
    /// <summary>A frame between a supplicant and an authenticator.</summary>
    /// <param name="packet">The frame.</param>
    /// <param name="mayBegin">True where it begins a conversation if it is of none.</param>
    void Take(in Packet packet, bool mayBegin);

    /// <summary>A frame is of no conversation that can be read.</summary>
    void Leave(long frame);
}
