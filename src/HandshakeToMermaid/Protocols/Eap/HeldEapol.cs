using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>An EAPOL frame that waits for what shows to which conversation it belongs.</summary>
/// <param name="Mark">Its frame.</param>
/// <param name="Encapsulation">The tunnels and VLAN tags around it.</param>
/// <param name="Payload">The frame from the EAPOL header on, as far as it was captured.</param>
/// <param name="Length">Its bytes on the wire.</param>
internal sealed record HeldEapol(FrameMark Mark, EncapsulationPath? Encapsulation, byte[] Payload, int Length)
{
    /// <summary>A copy of a packet.</summary>
    public static HeldEapol Of(in Packet packet) => new(packet.Mark, packet.Encapsulation, packet.Payload.ToArray(), packet.PayloadLength);

    /// <summary>What its first bytes say.</summary>
    public EapolFrame Frame => new(Payload);
}
