using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Udp;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>EAP methods that carry TLS, between supplicant and authenticator (IEEE 802.1X). Its frames are flows as datagrams are, between link-layer addresses.</summary>
/// <param name="setting">The settings of a session.</param>
internal sealed class EapolProtocol(TlsSetting setting) : IDatagramFlowProtocol
{
    /// <inheritdoc/>
    public string Name => "eapol";

    /// <summary>True for any EAPOL frame: <see cref="EapolConversations"/> has chosen before.</summary>
    public bool Recognises(in Packet packet) => packet.Kind == PacketKind.Eapol;

    /// <inheritdoc/>
    public IDatagramFilter BeginFilter() => new EapolFilter();

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Read(RecordedFlow flow) => new EapSession(setting).ReadEapol((RecordedUdpFlow)flow);
}
